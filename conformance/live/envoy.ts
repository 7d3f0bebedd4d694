/** What live suites need of a real Envoy: find one, ask whether it takes a configuration, run it, judge formats. */
export { envoyVersions, findEnvoy } from "./installed-envoys.ts";
export { openJudge, type AccessLogJson, type Judge, type JudgeOptions, type Verdict } from "./judge.ts";
export { readLines } from "./read-lines.ts";
export { run, type RunningEnvoy } from "./run.ts";
export { validate, type Validation } from "./validate.ts";
