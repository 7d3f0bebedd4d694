import { type KumaRelease, kumaTarget, type Result } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { CompiledHeader, CompiledPolicy, CompiledProxy } from "./emit/compiled.ts";
import { emitPolicy } from "./emit/emit-policy.ts";
import { emitProxy } from "./emit/emit-proxy.ts";
import type { Layout } from "./emit/layout.ts";
import type { WrittenProxy } from "./emit/text.ts";
import { replicaWriter } from "./emit/replica-writer.ts";
import { loggerLayout, writeProxy } from "./emit/write-proxy.ts";
import { allocatedOutbounds, type ControlPlane, proxyMetadata } from "./kuma/control-plane.ts";
import { type Profile, profile } from "./kuma/profile.ts";
import { listenerWorld, proxyListeners } from "./listeners/proxy-listeners.ts";
import { type LinkedProxy, linkProxy } from "./lower/link-proxy.ts";
import { loggerObjects } from "./lower/linked-logger.ts";
import { loggerWriter } from "./lower/logger-text.ts";
import { ruleBook } from "./lower/logging-rules.ts";
import { lower, type LoweredConfs } from "./lower/lower.ts";
import { selectGateway } from "./match/select-gateway.ts";
import { select, type SelectedProxy, type Selection, selectionFailure } from "./match/select.ts";
import { absentMeshes, type MeshWorld, storeOf, worlds } from "./match/world.ts";
import type { Dataplane } from "./source/dataplane.ts";
import type { Bundle } from "./source/load.ts";
import type { Resource } from "./source/resources.ts";
import { withStoredLabels } from "./validate/compute-labels.ts";
import type { Policy } from "./validate/policy.ts";
import { validate } from "./validate/validate.ts";

/** What a bundle compiles to. The proxies are made one at a time, as they are asked for. */
export interface Compiled {
  readonly header: CompiledHeader;
  readonly policies: readonly CompiledPolicy[];
  readonly proxies: Iterable<CompiledProxy>;
  /** The same proxies as JSON, which takes a fraction of the time: most of a text is there before it is asked for. */
  readonly written: (layout: Layout) => Iterable<WrittenProxy>;
}

/** What there is to know beyond the bundle. */
export interface CompileOptions {
  readonly controlPlane?: ControlPlane;
  /** Whether to say of each listener which items of policies its loggers come from. */
  readonly explains?: boolean;
  /** Which proxies are wanted; by default all. Asked once of each, in the order in which they come. */
  readonly wants?: (proxy: { readonly mesh: string; readonly name: string }) => boolean;
}

/**
 * Compiles the access logs of a bundle for a release of Kuma. Policies that Kuma's API would refuse are left out, and
 * a diagnostic says so; a format that Envoy alone refuses is emitted as Kuma would.
 */
export function compile(bundle: Bundle, kuma: KumaRelease, options: CompileOptions = {}): Result<Compiled, Diagnostic> {
  return compileStore(withStoredLabels(bundle, kuma, options.controlPlane ?? {}), kuma, options);
}

/**
 * The same for what a control plane holds already.
 *
 * @param store with the labels that the control plane computes (read-store.ts).
 */
export function compileStore(
  store: Bundle,
  kuma: KumaRelease,
  { wants = () => true, controlPlane = {}, explains = false }: CompileOptions = {},
): Result<Compiled, Diagnostic> {
  const world = judgedWorld(store, kuma, controlPlane);
  const { policies, meshes, lowered, diagnostics } = world;
  const places = explains ? new Map(policies.map((policy, i) => [policy, i])) : undefined;

  function* proxies(): Generator<CompiledProxy> {
    for (const mesh of meshes) {
      const compileProxy = proxyCompiler(mesh, world);
      for (const dataplane of mesh.dataplanes) {
        if (!wants(dataplane.resource)) continue;
        const { selections, linked } = compileProxy(dataplane);
        yield emitProxy(dataplane, selections, linked, loggerObjects, places);
      }
    }
  }

  function* written(layout: Layout): Generator<WrittenProxy> {
    const writeLoggers = loggerWriter(loggerLayout(layout));
    for (const mesh of meshes) {
      const compileProxy = proxyCompiler(mesh, world);
      const writeReplica = replicaWriter(mesh, controlPlane, world.profile, (dataplane, known) => {
        const { selections, linked } = compileProxy(dataplane, known);
        const proxy = emitProxy(dataplane, selections, linked, writeLoggers(), places);
        return { ...(proxy.error === undefined ? {} : { error: proxy.error }), pieces: writeProxy(proxy, layout) };
      });
      for (const dataplane of mesh.dataplanes) {
        const { mesh, name } = dataplane.resource;
        if (wants(dataplane.resource)) yield { mesh, name, ...writeReplica(dataplane) };
      }
    }
  }

  return {
    value: {
      header: { meshlog: 1, kuma: kuma.name, envoy: kuma.envoy.name },
      policies: policies.map((policy) => emitPolicy(policy, lowered)),
      proxies: { [Symbol.iterator]: () => proxies() },
      written: (layout) => ({ [Symbol.iterator]: () => written(layout) }),
    },
    diagnostics,
  };
}

/** What a control plane would hold of a bundle, prepared for all its proxies. */
export interface StoredWorld {
  readonly profile: Profile;
  readonly controlPlane: ControlPlane;
  /** The policies that Kuma's API accepts. */
  readonly policies: readonly Policy[];
  readonly meshes: readonly MeshWorld[];
  readonly lowered: LoweredConfs;
  readonly diagnostics: readonly Diagnostic[];
}

/** Judges a bundle and prepares what is stored of it. */
export function storedWorld(bundle: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): StoredWorld {
  return judgedWorld(withStoredLabels(bundle, kuma, controlPlane), kuma, controlPlane);
}

function judgedWorld(stored: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): StoredWorld {
  const judged = validate(stored, kumaTarget([kuma]), controlPlane);
  const store = storeOf(stored.resources);
  const policies = judged.value.filter(({ resource }) => store.has(resource));
  const facts = profile(kuma);
  const meshes = worlds(store, policies, facts);
  return {
    profile: facts,
    controlPlane,
    policies,
    meshes,
    lowered: lower(policies, facts),
    diagnostics: [...judged.diagnostics, ...absentMeshes(meshes), ...meshes.flatMap((mesh) => mesh.diagnostics)],
  };
}

/** A proxy on its way through the pipeline: what configures and selects it, and what it gets. */
export interface ProxyCompilation {
  readonly proxy: SelectedProxy;
  /** Lowest precedence first. */
  readonly selections: readonly Selection<Policy>[];
  readonly linked: LinkedProxy;
}

/** What compiles the proxies of one mesh; the control plane knows what it knows of a proxy by the name of `known`. */
export function proxyCompiler(
  mesh: MeshWorld,
  { profile: facts, controlPlane, lowered }: StoredWorld,
): (dataplane: Dataplane, known?: Resource) => ProxyCompilation {
  const { settings: { inboundTagsDisabled = false } = {} } = controlPlane;
  const prepared = listenerWorld(mesh, facts);
  const rules = ruleBook(prepared.targets, facts);
  return (dataplane, known = dataplane.resource) => {
    const metadata = proxyMetadata(controlPlane, known);
    const outbounds = allocatedOutbounds(controlPlane, known);
    const gateway = selectGateway(mesh.gateways, dataplane, facts);
    const proxy = gateway === undefined ? { dataplane } : { dataplane, gateway };
    const selections = select(mesh.policies, proxy, facts);
    const listeners = proxyListeners(proxy, prepared, { metadata, outbounds, inboundTagsDisabled }, facts);
    const error = selectionFailure(mesh.policies, proxy, facts) ?? listeners.error;
    if (error !== undefined) return { proxy, selections, linked: { listeners: [], clusters: [], error } };
    const linked = linkProxy(dataplane, listeners, selections, {
      profile: facts,
      lowered,
      rules,
      backends: mesh.backends,
      mesh: mesh.resource,
      metadata,
    });
    return { proxy, selections, linked };
  };
}
