import { show } from "../lower/link.ts";
import type { LoweredConfs } from "../lower/lower.ts";
import { itemsOf, type PolicyItem } from "../match/policy-items.ts";
import type { BackendTemplate, Templates } from "../lower/template.ts";
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
      http: shown(templates.http).map(({ accessLog }) => accessLog),
      tcp: shown(templates.tcp).map(({ accessLog }) => accessLog),
      passthrough: shown(templates.passthrough).map(({ accessLog }) => accessLog),
    },
    // The holes are the same for all kinds of traffic.
    holes: shown(templates.tcp).flatMap(({ holes }, i) =>
      holes.map(({ path: hole, value }) => ({ path: `[${i}].${hole}`, value })),
    ),
  };
}

/** Without the backends that Kuma fails on: they make no logger. */
function shown(templates: readonly BackendTemplate[]): readonly ReturnType<typeof show>[] {
  return templates.flatMap((template) => (template.kind === "refused" ? [] : show(template)));
}
