import { kumaReleases, type KumaRelease } from "@meshlog/parser";
import { compile, type Compiled } from "../../src/compile.ts";
import { load } from "../../src/source/load.ts";

function release(name: string): KumaRelease {
  const found = kumaReleases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no Kuma ${name}`);
  return found;
}

/** What documents compile to, each a file of its own, in the order in which they are given. */
export function compiled(documents: readonly string[], kuma = "2.14.3"): Compiled {
  const { value } = load(documents.map((content, i) => ({ path: `${String(i)}.yaml`, content })));
  return compile(value, release(kuma), { explains: true }).value;
}

export const mesh = "type: Mesh\nname: default\n";

/** A sidecar with one inbound on port 80, called after its service. */
export function sidecar(name: string, { address = "10.0.0.1", protocol = "http", outbound = "" } = {}): string {
  const sends = outbound === "" ? "" : `  outbound: [{port: 9000, tags: {kuma.io/service: ${outbound}}}]\n`;
  return `type: Dataplane\nmesh: default\nname: ${name}\nnetworking:\n  address: ${address}\n  inbound: [{port: 80, tags: {kuma.io/service: ${name}, kuma.io/protocol: ${protocol}}}]\n${sends}`;
}

/** A file backend, as YAML in one line. */
export function file(plain: string, path = "/log"): string {
  return JSON.stringify({ type: "File", file: { path, format: { type: "Plain", plain } } });
}

/** A policy on what all proxies receive (`rules`, `from`) or send (`to`). */
export function policy(name: string, list: "rules" | "from" | "to", ...backends: readonly string[]): string {
  const item = list === "rules" ? "" : "targetRef: {kind: Mesh}, ";
  return `type: MeshAccessLog\nmesh: default\nname: ${name}\nspec:\n  targetRef: {kind: Mesh}\n  ${list}: [{${item}default: {backends: [${backends.join(", ")}]}}]\n`;
}
