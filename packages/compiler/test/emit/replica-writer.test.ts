import { kumaReleases } from "@meshlog/parser";
import { expect, it } from "vitest";
import { compile, type CompileOptions } from "../../src/compile.ts";
import { load } from "../../src/source/load.ts";

const kuma = kumaReleases.find(({ name }) => name === "2.14.3");
if (kuma === undefined) throw new Error("there is no Kuma 2.14.3");

interface Dataplane {
  readonly name: string;
  readonly address: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly networking?: object;
}

interface Case {
  /** The last replica: five ordinary ones come before it. */
  readonly last?: Dataplane;
  /** What all of them have. */
  readonly networking?: object;
  readonly others?: readonly object[];
  readonly format?: string;
  readonly options?: CompileOptions;
}

const tags = { "kuma.io/service": "web" };
const ordinary = ["0", "1", "2", "3", "4"].map((i) => ({ name: `web-${i}`, address: `10.0.0.${i}` }));
const transparent = { transparentProxying: { redirectPortInbound: 15_006, redirectPortOutbound: 15_001 } };
const conf = (path: string) => ({ default: { backends: [{ type: "File", file: { path } }] } });

/** How the last of six replicas is written, and what the pipeline makes of it. */
function lastOf({ last = { name: "web-5", address: "10.0.0.5" }, networking, others = [], format, options }: Case) {
  const dataplanes = [...ordinary, last].map(({ name, address, labels = {}, networking: own }: Dataplane) => ({
    type: "Dataplane",
    mesh: "default",
    name,
    labels,
    networking: { address, inbound: [{ port: 80, tags, name: "main" }], ...networking, ...own },
  }));
  const log = { type: "MeshAccessLog", mesh: "default" };
  const tcp = { address: "sink:9", format: { type: "Plain", plain: format ?? "%KUMA_DESTINATION_SERVICE%" } };
  const policy = { ...log, name: "a", spec: { rules: [{ default: { backends: [{ type: "Tcp", tcp }] } }] } };
  const documents = [{ type: "Mesh", name: "default" }, policy, ...others, ...dataplanes];
  const content = documents
    .map((one) => JSON.stringify(one))
    .join("\n---\n")
    .replaceAll("\x7f", "\\x7f");
  const { value } = compile(load([{ path: "bundle.yaml", content }]).value, kuma ?? expect.fail(), options);
  return {
    written: [...value.written({ isCompact: true })].at(-1)?.pieces.join(""),
    made: JSON.stringify([...value.proxies].at(-1)),
  };
}

it.each<[what: string, one: Case]>([
  ["like the others", {}],
  ["with its name in what is logged", { options: { controlPlane: { settings: { inboundTagsDisabled: true } } } }],
  ["with an address of the other family", { last: { name: "web-5", address: "fd00::1" } }],
  ["with another label", { last: { name: "web-5", address: "10.0.0.5", labels: { app: "b" } } }],
  [
    "with its name as a label",
    { last: { name: "web-5", address: "10.0.0.5", labels: { "kuma.io/display-name": "web-5" } } },
  ],
  [
    "with other tags",
    {
      last: { name: "web-5", address: "10.0.0.5", networking: { inbound: [{ port: 80, tags: { ...tags, v: "1" } }] } },
    },
  ],
  [
    "with another outbound",
    { last: { name: "web-5", address: "10.0.0.5", networking: { outbound: [{ port: 9, tags }] } } },
  ],
  ["that its control plane knows more of", { options: { controlPlane: { metadata: { "web-5": { workdir: "/w" } } } } }],
  ["with a name that JSON writes otherwise", { last: { name: 'web-5"', address: "10.0.0.5" } }],
  ["whose socket would have too long a path", { last: { name: `web-${"5".repeat(90)}`, address: "10.0.0.5" } }],
  [
    "that a policy names",
    {
      others: [
        {
          type: "MeshAccessLog",
          mesh: "default",
          name: "b",
          spec: { targetRef: { kind: "Dataplane", name: "web-5" }, rules: [conf("/named")] },
        },
      ],
    },
  ],
  [
    "that a policy chooses by its label",
    {
      others: [
        {
          type: "MeshAccessLog",
          mesh: "default",
          name: "b",
          spec: {
            targetRef: { kind: "Dataplane", labels: { "kuma.io/display-name": "web-5" } },
            rules: [conf("/named")],
          },
        },
      ],
    },
  ],
  [
    "with the address of a service",
    {
      last: { name: "web-5", address: "241.0.0.1" },
      networking: transparent,
      others: [
        {
          type: "MeshService",
          mesh: "default",
          name: "s",
          spec: { ports: [{ port: 80 }] },
          status: { vips: [{ ip: "241.0.0.1" }] },
        },
      ],
    },
  ],
  [
    "with direct access to the others",
    { networking: { transparentProxying: { ...transparent.transparentProxying, directAccessServices: ["*"] } } },
  ],
  ["with a format that marks could stand in", { format: "\x7fn\x7f" }],
])("a replica %s is written as the pipeline makes it", (_, one) => {
  const { written, made } = lastOf(one);
  expect(written).toBe(made);
});
