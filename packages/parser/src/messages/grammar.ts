import { type DiagnosticTable, text } from "../diagnostics.ts";

/** The parameters of each. */
export interface GrammarMessages {
  "format/stray-percent": never;
  "format/operator-name": "name";
  "format/missing-percent": "name";
  "format/missing-parenthesis": "name";
  "format/line-break": "name";
  "format/kuma-takes-percent": "name" | "seen";
  "format/limit-too-large": "limit";
  "format/more": "count";
  "generate/format": "problem";
  "lint/swallowed-text": "name";
  "lint/limit-outside": "limit";
  "lint/json-in-text": never;
}

/** What is wrong with where calls and texts start and end. */
export const grammar: DiagnosticTable<GrammarMessages> = {
  "format/stray-percent": {
    severity: "error",
    message: text`A single "%" starts nothing here; write "%%" for a percent sign.`,
    help: "Envoy refuses the whole listener. Outside operators `%%` prints one `%`; inside an argument there is no such escape.",
    bad: "50% off",
    good: "50%% off",
  },
  "format/operator-name": {
    severity: "error",
    message: text`"${"name"}" is no name of an operator: only "A"-"Z", "0"-"9" and "_" may stand in one.`,
    help: "Names of operators are upper case.",
    bad: "%protocol%",
    good: "%PROTOCOL%",
  },
  "format/missing-percent": {
    severity: "error",
    message: text`The "%" that closes "%${"name"}" is missing.`,
    help: "A call ends with a `%`, right after its name, its parentheses or its limit.",
    bad: "%PROTOCOL",
    good: "%PROTOCOL%",
  },
  "format/missing-parenthesis": {
    severity: "error",
    message: text`The argument of "%${"name"}(" is not closed.`,
    help: "An argument ends with `)%`, or with `):`, digits and `%`.",
    bad: "%REQ(USER-AGENT",
    good: "%REQ(USER-AGENT)%",
  },
  "format/line-break": {
    severity: "error",
    message: text`There is a line break in the argument of "%${"name"}(…)%".`,
    help: "Since 1.31 Envoy reads arguments with a pattern in which `.` does not match a line break (envoy#34867).",
    bad: "%CEL(a &&\nb)%",
    good: "%CEL(a && b)%",
    source: "envoy#34867",
  },
  "format/kuma-takes-percent": {
    severity: "error",
    message: text`Kuma replaces "%${"name"}%" first, and takes a "%" with it that was to belong to something else: Envoy gets "${"seen"}".`,
    help: "Kuma replaces its operators as plain text, before Envoy reads the format, and does not know where Envoy's operators start and end.",
    bad: "%%KUMA_MESH%%",
    good: "%KUMA_MESH%",
    source: "pkg/xds/envoy/listeners/v3/access_log_configurer.go:49@v2.14.3",
  },
  "format/limit-too-large": {
    severity: "error",
    message: text`The limit ${"limit"} is too large: it must be below 2^64.`,
    help: "Envoy reads the limit as an unsigned 64-bit number.",
    bad: "%REQ(A):99999999999999999999%",
    good: "%REQ(A):99%",
  },
  "format/more": {
    severity: "info",
    message: text`There are ${"count"} more findings in this format.`,
    help: "A hundred are shown of one format. Mend those and check again.",
  },
  "generate/format": {
    severity: "error",
    message: text`Kuma up to 2.5 cannot read this format: ${"problem"}.`,
    help: "Up to 2.5 Kuma reads formats with a grammar of its own, older than Envoy's, and generates nothing for a proxy whose format it cannot read.",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:66@2.5.11",
  },
  "lint/swallowed-text": {
    severity: "warning",
    message: text`The argument of "%${"name"}(" goes on past a ")", to here: is a "%" missing after it?`,
    help: "Since 1.31 an argument ends at the first `)` that `%` or `:digits%` follows, whatever stands before.",
    bad: "%START_TIME(%s) then %REQ(x)%",
    good: "%START_TIME(%s)% then %REQ(x)%",
  },
  "lint/limit-outside": {
    severity: "warning",
    message: text`":${"limit"}" after the closing "%" is text; a limit stands before it.`,
    help: "`%REQ(A):10%`.",
    bad: "%REQ(A)%:10",
    good: "%REQ(A):10%",
  },
  "lint/json-in-text": {
    severity: "info",
    message: text`This is JSON written as text: a quote in a value breaks it. A JSON format escapes values.`,
    help: "In a policy that is the format type `Json`, a list of keys and values.",
    bad: '{"path": "%REQ(:PATH)%"}',
    good: "path=%REQ(:PATH)%",
  },
};
