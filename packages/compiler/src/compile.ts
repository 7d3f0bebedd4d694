import type { KumaRelease, Result } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { CompiledHeader, CompiledPolicy, CompiledProxy } from "./emit/compiled.ts";
import { emitPolicy } from "./emit/emit-policy.ts";
import { emitProxy } from "./emit/emit-proxy.ts";
import { type ControlPlane, proxyMetadata } from "./kuma/control-plane.ts";
import { profile } from "./kuma/profile.ts";
import { listeners } from "./listeners/listeners.ts";
import { notCompiled } from "./listeners/not-compiled.ts";
import { services } from "./listeners/services.ts";
import { linkProxy } from "./lower/link-proxy.ts";
import { lower } from "./lower/lower.ts";
import { select } from "./match/select.ts";
import { absentMeshes, storeOf, worlds } from "./match/world.ts";
import type { Bundle } from "./source/load.ts";
import { validate } from "./validate/validate.ts";

/** What a bundle compiles to. The proxies are made one at a time, as they are asked for. */
export interface Compiled {
  readonly header: CompiledHeader;
  readonly policies: readonly CompiledPolicy[];
  readonly proxies: Iterable<CompiledProxy>;
}

/** What there is to know beyond the bundle. */
export interface CompileOptions {
  readonly controlPlane?: ControlPlane;
  /** Which proxies are wanted; by default all. */
  readonly wants?: (proxy: { readonly mesh: string; readonly name: string }) => boolean;
}

/**
 * Compiles the access logs of a bundle for a release of Kuma. Policies that Kuma's API would refuse are left out, and
 * a diagnostic says so; a format that Envoy alone refuses is emitted as Kuma would.
 */
export function compile(
  bundle: Bundle,
  kuma: KumaRelease,
  { wants = () => true, controlPlane = {} }: CompileOptions = {},
): Result<Compiled, Diagnostic> {
  const judged = validate(bundle, { members: [{ name: kuma.name, envoy: kuma.envoy, kuma }] });
  const store = storeOf(bundle.resources);
  const policies = judged.value.filter(({ resource }) => store.has(resource));
  const facts = profile(kuma);
  const meshes = worlds(store, policies);
  const lowered = lower(policies, facts);

  function* proxies(): Generator<CompiledProxy> {
    for (const { dataplanes, backends, ...mesh } of meshes) {
      const known = services(mesh, dataplanes);
      for (const dataplane of dataplanes.filter(({ resource }) => wants(resource))) {
        const selections = select(mesh.policies, dataplane, facts);
        const linked = linkProxy(dataplane, listeners(dataplane, known, facts), selections, {
          profile: facts,
          lowered,
          backends,
          mesh: mesh.resource,
          metadata: proxyMetadata(controlPlane, dataplane.resource),
        });
        yield emitProxy(dataplane, selections, linked);
      }
    }
  }

  return {
    value: {
      header: { meshlog: 1, kuma: kuma.name, envoy: kuma.envoy.name },
      policies: policies.map((policy) => emitPolicy(policy, lowered)),
      proxies: { [Symbol.iterator]: proxies },
    },
    diagnostics: [
      ...judged.diagnostics,
      ...absentMeshes(meshes),
      ...meshes.flatMap((mesh) => mesh.diagnostics),
      ...meshes.flatMap((mesh) => notCompiled(mesh, policies)),
    ],
  };
}
