import { changesByLine } from "../reference/kuma-changes.ts";
import { policyOptions } from "../reference/policy-options.ts";
import { releaseTable } from "../reference/releases.ts";

export default {
  paths: () => [
    { params: { page: "index" }, content: releaseTable() },
    { params: { page: "policy-options" }, content: policyOptions() },
    { params: { page: "changes" }, content: changesByLine() },
  ],
};
