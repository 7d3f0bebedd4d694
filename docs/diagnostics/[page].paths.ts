import { diagnosticList } from "../reference/diagnostic-pages.ts";

export default { paths: () => [{ params: { page: "index" }, content: diagnosticList() }] };
