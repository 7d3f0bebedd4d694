import { styleText } from "node:util";
import type { ListenerChange } from "../../../diff/changes.ts";
import type { UnknownReason, VerifiedListener } from "../../../verify/verify.ts";
import { describe, type Line } from "../diff/describe.ts";
import { prettyLine } from "../diff/pretty.ts";
import { amount } from "../diff/where.ts";
import { printable } from "../printable.ts";
import { countByStatus, type VerificationReport } from "./report.ts";

/** For people: what is equal and unknown in a line each, what is different in full. */
export function prettyVerification(report: VerificationReport, { color }: { readonly color: boolean }): string {
  const { proxy, listeners, clusters } = report;
  const { equal, different, unknown } = countByStatus(report);
  const hasChanges = different > 0 || clusters.length > 0;
  return [
    ...listeners.map((listener) => listenerBlock(listener, color)),
    ...clusters.map((change) => {
      const { title, lines } = describe({ kind: "cluster", change });
      return block("different", title, lines, color);
    }),
    ...(hasChanges ? ["- is what runs, + what the bundle compiles to.\n"] : []),
    ...(proxy.error === undefined
      ? []
      : [`Kuma fails to generate this proxy, which keeps what it has: ${printable(proxy.error)}\n`]),
    `${printable(`${proxy.mesh}/${proxy.name}`)}: ${amount(equal, "listener", "listeners")} equal, ${different} different, ${unknown} unknown.\n`,
  ].join("");
}

/** What keeps a listener from being compared, for people. */
const reasons: Readonly<Record<UnknownReason, string>> = {
  address: "only the control plane knows where it listens",
  "not-in-bundle": "the bundle does not tell of it",
};

/** What is different, for people. */
const differences: Readonly<Record<ListenerChange["change"], string>> = {
  added: "the proxy does not have it",
  removed: "the bundle does not have it",
  changed: "it logs otherwise",
};

function listenerBlock(listener: VerifiedListener, color: boolean): string {
  switch (listener.status) {
    case "equal":
      return block("equal", `${listener.name}, ${amount(listener.loggers, "logger", "loggers")}`, [], color);
    case "unknown": {
      const { name, resource = "", reason, loggers } = listener;
      const logs = loggers === 0 ? "" : `; it has ${amount(loggers, "logger", "loggers")}`;
      return block("unknown", `${name ?? resource}: ${reasons[reason]}${logs}`, [], color);
    }
    case "different": {
      const { name, changes, refusal } = listener;
      const titles = [
        ...new Set([
          ...(refusal === undefined ? [] : [`Envoy refused a newer configuration: ${refusal}`]),
          ...changes.map(({ change }) => differences[change]),
        ]),
      ];
      const lines = changes.flatMap((change) => describe({ kind: "listener", change }).lines);
      return block("different", `${name ?? ""}: ${titles.join("; ")}`, lines, color);
    }
  }
}

const styles = { equal: "green", different: "red", unknown: "dim" } as const;

function block(status: VerifiedListener["status"], title: string, lines: readonly Line[], color: boolean): string {
  const word = status.padEnd(9);
  const painted = color ? styleText(styles[status], word, { validateStream: false }) : word;
  return [`${painted} ${printable(title)}`, ...lines.map((line) => `  ${prettyLine(line, color)}`), ""].join("\n");
}
