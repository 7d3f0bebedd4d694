import { diagnosticPages } from "../../reference/diagnostic-pages.ts";

export default { paths: diagnosticPages };
