import { responseFlagPage, timePatternPage } from "../reference/language-tables.ts";
import { operatorList, operatorPages } from "../reference/operator-pages.ts";
import { operatorMatrix } from "../reference/operator-matrix.ts";

export default {
  paths: () => [
    { params: { name: "index" }, content: operatorList() },
    { params: { name: "by-kuma" }, content: operatorMatrix() },
    { params: { name: "response-flags" }, content: responseFlagPage() },
    { params: { name: "time-patterns" }, content: timePatternPage() },
    ...operatorPages(),
  ],
};
