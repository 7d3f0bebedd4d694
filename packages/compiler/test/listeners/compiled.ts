import { kumaReleases } from "@meshlog/parser";
import { compile } from "../../src/compile.ts";
import type { CompiledProxy } from "../../src/emit/compiled.ts";
import type { ControlPlane } from "../../src/kuma/control-plane.ts";
import { load } from "../../src/source/load.ts";

/** A world whose only policy logs all traffic of the mesh default to a file. */
export function logged(...resources: readonly object[]): readonly object[] {
  const conf = { backends: [{ type: "File", file: { path: "/log" } }] };
  const item = { targetRef: { kind: "Mesh" }, default: conf };
  return [
    { type: "Mesh", name: "default" },
    {
      type: "MeshAccessLog",
      mesh: "default",
      name: "all",
      spec: { targetRef: { kind: "Mesh" }, to: [item], from: [item] },
    },
    ...resources.map((one) => ({ mesh: "default", ...one })),
  ];
}

/** What a release of Kuma makes of a proxy of a world. */
export function compiled(
  resources: readonly object[],
  release: string,
  name: string,
  controlPlane: ControlPlane = {},
): CompiledProxy {
  const kuma = kumaReleases.find((one) => one.name === release);
  if (kuma === undefined) throw new Error(`there is no Kuma ${release}`);
  const content = resources.map((one) => JSON.stringify(one)).join("\n---\n");
  const { value } = compile(load([{ path: "world.yaml", content }]).value, kuma, { controlPlane });
  const found = [...value.proxies].find((proxy) => proxy.name === name);
  if (found === undefined) throw new Error(`there is no proxy ${name}`);
  return found;
}

/** The listeners of a proxy, as `name filter`, a bare name where nothing of it can log; by what they are for where they have no name. */
export function shown({ listeners }: CompiledProxy): readonly string[] {
  return listeners.map(({ name, resource, filter }) => `${name ?? resource} ${kinds.get(filter) ?? ""}`);
}

const kinds: ReadonlyMap<string, string> = new Map([
  ["envoy.filters.network.http_connection_manager", "http"],
  ["envoy.filters.network.tcp_proxy", "tcp"],
]);
