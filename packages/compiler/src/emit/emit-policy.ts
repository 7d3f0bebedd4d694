import type { AccessLog } from "../envoy/messages.ts";
import { show } from "../lower/link.ts";
import { itemsOf, type LoweredConfs, type PolicyItem } from "../lower/lower.ts";
import type { LoggerTemplate, Templates } from "../lower/template.ts";
import type { Policy } from "../validate/policy.ts";
import type { CompiledItem, CompiledPolicy } from "./compiled.ts";

/** A policy as templates. */
export function emitPolicy(policy: Policy, lowered: LoweredConfs): CompiledPolicy {
  const { mesh, name, namespace, file } = policy.resource;
  return {
    mesh,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    file,
    items: itemsOf(policy).flatMap((item) => {
      const templates = lowered.get(item.default);
      return templates === undefined ? [] : [emitItem(item, templates)];
    }),
  };
}

function emitItem({ path, targetRef, matches }: PolicyItem, templates: Templates): CompiledItem {
  return {
    path,
    ...(targetRef === undefined ? {} : { targetRef }),
    ...(matches === undefined ? {} : { matches }),
    accessLog: {
      http: shown(templates.http),
      tcp: shown(templates.tcp),
      passthrough: shown(templates.passthrough),
    },
    // The holes are the same for all kinds of traffic.
    holes: templates.tcp.flatMap((template, i) =>
      show(template).holes.map(({ path: hole, value }) => ({ path: `[${i}].${hole}`, value })),
    ),
  };
}

function shown(templates: readonly LoggerTemplate[]): readonly AccessLog[] {
  return templates.flatMap((template) => show(template).accessLog ?? []);
}
