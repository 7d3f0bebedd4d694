import type { Fix, Span } from "@meshlog/parser";
import { oncePerText } from "../../bounded-memory.ts";
import type { Profile } from "../../kuma/profile.ts";
import { replaceInScalar } from "../../source/encode-scalar.ts";
import type { PolicyLint } from "./lint.ts";

/** The operators of the source, and what says the same of the client, from the connection. */
const instead = {
  KUMA_SOURCE_SERVICE: undefined,
  KUMA_SOURCE_ADDRESS: "DOWNSTREAM_REMOTE_ADDRESS",
  KUMA_SOURCE_ADDRESS_WITHOUT_PORT: "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
} as const;

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

const readsFrom = ({ itemLists }: Profile): boolean => itemLists.includes("from");
const readsRules = ({ itemLists }: Profile): boolean => itemLists.includes("rules");

/**
 * Operators of the source in what is logged of inbound traffic: the proxy that logs is the destination, and of the source
 * Kuma knows nothing (kuma#13635; every release).
 */
export const inboundSources: PolicyLint = function* ({ formats, members, say }) {
  for (const format of formats) {
    const { node } = format;
    if (!node.text.includes("%KUMA_SOURCE_")) continue;
    const { at } = format;
    const reads = at[1] === "from" ? readsFrom : at[1] === "rules" ? readsRules : undefined;
    if (reads === undefined) continue;
    const affects = members.whereKnown(reads);
    if (affects.length === 0) continue;
    for (const { name, start, end } of sourcesIn(node.text)) {
      const span = { start, end };
      const place = node.sourceMap().spanToSource(span);
      const replacement = instead[name];
      if (replacement === undefined) yield say("lint/source-service-inbound", place, {}, { affects, at });
      else {
        const fixes = [write(replacement, span)];
        yield say(
          "lint/source-address-inbound",
          place,
          { operator: name, instead: replacement },
          { affects, at, fixes },
        );
      }
    }

    function write(name: string, span: Span): Fix {
      return { title: `Write %${name}%`, edits: [replaceInScalar(node, span, `%${name}%`)] };
    }
  }
};
