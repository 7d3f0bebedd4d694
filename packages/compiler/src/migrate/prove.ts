import type { KumaRelease } from "@meshlog/parser";
import { compile } from "../compile.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { stableJson } from "../diff/stable-json.ts";
import type { CompiledProxy } from "../emit/compiled.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import type { Bundle } from "../source/load.ts";

/** A proxy that logs otherwise. */
export interface Otherwise {
  readonly mesh: string;
  readonly name: string;
  /** The keys of the policies that select it, before and after. */
  readonly policies: ReadonlySet<string>;
}

/** What becomes otherwise when one bundle takes the place of another with the same Dataplanes. */
export interface Comparison {
  /** The keys of the policies that Kuma refuses before. */
  readonly refusedBefore: ReadonlySet<string>;
  /** What Kuma says of those that it refuses now and did not before, by their keys. */
  readonly refused: ReadonlyMap<string, string>;
  readonly proxies: Iterable<Otherwise>;
}

/** Compares what two bundles come to. The proxies are compared one at a time, as they are asked for. */
export function compare(before: Bundle, after: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): Comparison {
  const [from, to] = [compile(before, kuma, { controlPlane }), compile(after, kuma, { controlPlane })];
  const already = refusals(from.diagnostics);
  return {
    refusedBefore: new Set(already.keys()),
    refused: new Map([...refusals(to.diagnostics)].filter(([key]) => !already.has(key))),
    proxies: { [Symbol.iterator]: () => otherwise(from.value.proxies, to.value.proxies) },
  };
}

/** By what a policy is known, whatever is done to its text. */
export function keyOf({ mesh, name }: { readonly mesh: string; readonly name: string }): string {
  return JSON.stringify([mesh, name]);
}

function refusals(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, string> {
  return new Map(
    diagnostics.flatMap(({ code, severity, resource, message }): readonly (readonly [string, string])[] =>
      resource !== undefined && severity === "error" && code.startsWith("policy/") ? [[keyOf(resource), message]] : [],
    ),
  );
}

function* otherwise(before: Iterable<CompiledProxy>, after: Iterable<CompiledProxy>): Generator<Otherwise> {
  const others = after[Symbol.iterator]();
  for (const from of before) {
    const next = others.next();
    if (next.done === true) return;
    const to = next.value;
    if (whatItLogs(from) === whatItLogs(to)) continue;
    const { mesh, name } = from;
    yield {
      mesh,
      name,
      policies: new Set([...from.policies, ...to.policies].map((one) => keyOf({ mesh, name: one }))),
    };
  }
}

function whatItLogs({ error, listeners, clusters }: CompiledProxy): string {
  return stableJson({ error, listeners, clusters });
}
