import type { Compiled } from "../compile.ts";
import type { CompiledHeader, CompiledListener, CompiledPolicy, CompiledProxy } from "../emit/compiled.ts";
import { compareText } from "../validate/compare-text.ts";
import type { PolicyChange, ProxyChange, ChangeReason } from "./changes.ts";
import { diffClusters } from "./diff-clusters.ts";
import { diffListeners, type Reasons } from "./diff-listeners.ts";
import { diffPolicies } from "./diff-policies.ts";

/** How what two bundles compile to differs, or one bundle for two releases. */
export interface Diff {
  readonly before: CompiledHeader;
  readonly after: CompiledHeader;
  readonly policies: readonly PolicyChange[];
  /** Those that log otherwise, in order of mesh and name; compared one at a time, as they are asked for. */
  readonly proxies: Iterable<ProxyChange>;
}

/**
 * Compares two compilations. Both make their proxies in order of mesh and name, so only one of each is held at a time;
 * the time is linear in their number. What a proxy is called and labelled is no part of what it logs.
 */
export function diff(before: Compiled, after: Compiled): Diff {
  const [why, whyNow] = [reasonsOf(before.policies), reasonsOf(after.policies)];

  function* proxies(): Generator<ProxyChange> {
    for (const [from, to] of sideBySide(before.proxies, after.proxies)) {
      const change = diffProxy(from, to, why, whyNow);
      if (change !== undefined) yield change;
    }
  }

  return {
    before: before.header,
    after: after.header,
    policies: diffPolicies(before.policies, after.policies),
    proxies: { [Symbol.iterator]: proxies },
  };
}

/** The proxies of two compilations, each with that of the same mesh and name. */
function* sideBySide(
  before: Iterable<CompiledProxy>,
  after: Iterable<CompiledProxy>,
): Generator<readonly [CompiledProxy | undefined, CompiledProxy | undefined]> {
  const [left, right] = [before[Symbol.iterator](), after[Symbol.iterator]()];
  const next = (proxies: Iterator<CompiledProxy>): CompiledProxy | undefined => {
    const result = proxies.next();
    return result.done === true ? undefined : result.value;
  };
  let [from, to] = [next(left), next(right)];
  while (from !== undefined || to !== undefined) {
    const order = from === undefined ? 1 : to === undefined ? -1 : compareProxies(from, to);
    yield [order <= 0 ? from : undefined, order >= 0 ? to : undefined];
    if (order <= 0) from = next(left);
    if (order >= 0) to = next(right);
  }
}

function compareProxies(a: CompiledProxy, b: CompiledProxy): number {
  return compareText(a.mesh, b.mesh) || compareText(a.name, b.name);
}

function diffProxy(
  before: CompiledProxy | undefined,
  after: CompiledProxy | undefined,
  why: Reasons,
  whyNow: Reasons,
): ProxyChange | undefined {
  const one = after ?? before;
  if (one === undefined) return undefined;
  const { mesh, name } = one;
  const error = changedError(before?.error, after?.error);
  const policies = changedList(before?.policies ?? [], after?.policies ?? []);
  const isComparable = before?.error === undefined && after?.error === undefined;
  const listeners = isComparable ? diffListeners(before?.listeners ?? [], after?.listeners ?? [], why, whyNow) : [];
  const clusters = isComparable ? diffClusters(before?.clusters ?? [], after?.clusters ?? []) : [];
  const isSame = error === undefined && policies === undefined && listeners.length === 0 && clusters.length === 0;
  if (isSame && before !== undefined && after !== undefined) return undefined;
  return {
    change: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    mesh,
    name,
    ...(error === undefined ? {} : { error }),
    ...(policies === undefined ? {} : { policies }),
    listeners,
    clusters,
  };
}

function changedError(before: string | undefined, after: string | undefined): ProxyChange["error"] {
  if (before === after) return undefined;
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function changedList(before: readonly string[], after: readonly string[]): ProxyChange["policies"] {
  const isSame = before.length === after.length && before.every((one, i) => one === after[i]);
  return isSame ? undefined : { before, after };
}

function reasonsOf(policies: readonly CompiledPolicy[]): Reasons {
  return ({ because }: CompiledListener): readonly ChangeReason[] | undefined =>
    because?.flatMap(({ policy: at, item }) => {
      const policy = policies[at];
      const path = policy?.items[item]?.path;
      return policy === undefined || path === undefined ? [] : [{ policy: policy.name, file: policy.file, path }];
    });
}
