/**
 * What live suites need of a real Envoy: find one, ask whether it takes a configuration, run it, judge formats, and
 * take what it logs.
 */
export { openAccessLogStreamer } from "./access-log-streamer.ts";
export { envoyVersions, findEnvoy } from "./installed-envoys.ts";
export { openJudge, type AccessLogJson, type Judge, type JudgeOptions, type Verdict } from "./judge.ts";
export { openOtlpReceiver, type OtlpReceiver, type ReceivedRecord } from "./otlp-receiver.ts";
export { identityOf, type Identity } from "./identity.ts";
export { readLines } from "./read-lines.ts";
export { run, type RunningEnvoy } from "./run.ts";
export { openTcpSink, type TcpSink } from "./tcp-sink.ts";
export { validate, type Validation } from "./validate.ts";
