import type { Span } from "@meshlog/parser";
import { oncePerText } from "../../bounded-memory.ts";
import { replaceInScalar } from "../../source/encode-scalar.ts";
import type { ScalarNode } from "../../source/tree.ts";
import type { Path } from "../violation.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";

/** The operators of the source, and what says the same of the client, from the connection. */
const instead = {
  KUMA_SOURCE_SERVICE: undefined,
  KUMA_SOURCE_ADDRESS: "DOWNSTREAM_REMOTE_ADDRESS",
  KUMA_SOURCE_ADDRESS_WITHOUT_PORT: "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
} as const;

const mayName = (text: string): boolean => text.includes("%KUMA_SOURCE_");

const names = Object.keys(instead) as (keyof typeof instead)[];

interface Source extends Span {
  readonly name: keyof typeof instead;
}

/** The operators of the source in texts: many policies have few formats. */
const sourcesIn = oncePerText(1000, (text): readonly Source[] =>
  Array.from(text.matchAll(/%(KUMA_SOURCE_[A-Z_]+)%/g)).flatMap(({ 0: operator, index, 1: found }) => {
    const name = names.find((known) => known === found);
    return name === undefined ? [] : [{ name, start: index, end: index + operator.length }];
  }),
);

/**
 * Operators of the source in what is logged of inbound traffic: the proxy that logs is the destination, and of the source
 * Kuma knows nothing (kuma#13635; every release).
 */
export const inboundSources: PolicyLint = ({ members }) => {
  const reading: Readonly<Record<string, readonly string[]>> = {
    from: members.where(({ itemLists }) => itemLists.includes("from")),
    rules: members.where(({ itemLists }) => itemLists.includes("rules")),
  };
  return (policy) => {
    const { backends } = policy;
    if (backends.every(({ list }) => list === "to")) return;
    const seen = new Set<ScalarNode>();
    for (const backend of backends) {
      const affects = reading[backend.list] ?? [];
      for (const { node, at } of backend.formatsWith(mayName)) {
        // What an alias repeats belongs to the list that has it first.
        if (affects.length > 0 && !seen.has(node)) sayOfSources(policy, node, at, affects);
        seen.add(node);
      }
    }
  };
};

function sayOfSources(policy: LintedPolicy, node: ScalarNode, at: Path, affects: readonly string[]): void {
  for (const { name, start, end } of sourcesIn(node.text)) {
    const span = { start, end };
    const place = node.sourceMap().spanToSource(span);
    const replacement = instead[name];
    if (replacement === undefined) policy.say("lint/source-service-inbound", place, {}, { affects, at });
    else {
      const fix = { title: `Write %${replacement}%`, edits: [replaceInScalar(node, span, `%${replacement}%`)] };
      const parameters = { operator: name, instead: replacement };
      policy.say("lint/source-address-inbound", place, parameters, { affects, at, fixes: [fix] });
    }
  }
}
