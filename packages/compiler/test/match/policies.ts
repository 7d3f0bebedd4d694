import type { EffectiveConf } from "../../src/match/effective-conf.ts";
import { itemsOf } from "../../src/match/policy-items.ts";
import { load } from "../../src/source/load.ts";
import type { Resource } from "../../src/source/resources.ts";
import type { Conf, MeshAccessLogSpec, Policy, TargetRef } from "../../src/validate/policy.ts";

type Labels = Readonly<Record<string, string>>;

/** The only resource of a text. */
export function resource(yaml: string): Resource {
  const [found] = load([{ path: "a.yaml", content: yaml }]).value.resources;
  if (found === undefined) throw new Error(`no resource: ${yaml}`);
  return found;
}

/** A policy that a control plane's store holds. */
export function policy(name: string, spec: MeshAccessLogSpec, labels: Labels = {}): Policy {
  return { resource: resource(JSON.stringify({ type: "MeshAccessLog", mesh: "default", name, labels })), spec };
}

/** A conf that logs to a file. */
export function logsTo(path: string): Conf {
  return { backends: [{ type: "File", file: { path } }] };
}

/** Items of `to` or `from`, each with a conf of its own. */
export function items(...targetRefs: readonly TargetRef[]): { targetRef: TargetRef; default: Conf }[] {
  return targetRefs.map((targetRef, i) => ({ targetRef, default: logsTo(String(i)) }));
}

/** The items behind a conf as `policy:index in all its items`, weakest first; the last one decides. */
export function origin(effective: EffectiveConf | undefined): readonly string[] | undefined {
  return (
    effective &&
    [...effective.overridden, effective.from].map(({ policy: from, item }, i, all) => {
      if (i === all.length - 1 && itemsOf(from)[item]?.default !== effective.conf) throw new Error("another conf");
      return `${from.resource.name}:${item}`;
    })
  );
}
