import type { Fix, Span } from "@meshlog/parser";
import { replaceInScalar } from "../../source/encode-scalar.ts";
import type { PolicyLint } from "./lint.ts";

/** What says the same of the client, from the connection. */
const instead: Readonly<Record<string, string>> = {
  KUMA_SOURCE_ADDRESS: "DOWNSTREAM_REMOTE_ADDRESS",
  KUMA_SOURCE_ADDRESS_WITHOUT_PORT: "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
};

/**
 * Operators of the source in what is logged of inbound traffic: the proxy that logs is the destination, and of the source
 * Kuma knows nothing (kuma#13635; every release).
 */
export const inboundSources: PolicyLint = function* ({ formats, members, say }) {
  for (const format of formats) {
    const { node } = format;
    if (!node.text.includes("%KUMA_SOURCE_")) continue;
    const { at } = format;
    const list = at[1];
    if (list === "to") continue;
    const affects = members.where(({ itemLists }) => itemLists.some((name) => name === list));
    if (affects.length === 0) continue;
    for (const { 0: operator, index, 1: name = "" } of node.text.matchAll(/%(KUMA_SOURCE_[A-Z_]+)%/g)) {
      const span = { start: index, end: index + operator.length };
      const place = node.sourceMap().spanToSource(span);
      const replacement = instead[name];
      if (name === "KUMA_SOURCE_SERVICE") yield say("lint/source-service-inbound", place, {}, { affects, at });
      else if (replacement !== undefined) {
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
