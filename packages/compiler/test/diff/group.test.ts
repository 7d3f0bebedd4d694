import { describe, expect, it } from "vitest";
import { diff } from "../../src/diff/diff.ts";
import { groupChanges, ownTextsOf } from "../../src/diff/group.ts";
import { readDataplane } from "../../src/source/dataplane.ts";
import { load } from "../../src/source/load.ts";
import { compiled, file, mesh, policy, sidecar } from "./bundles.ts";

/** The groups of a change, as `kind: proxies`. */
function groups(before: readonly string[], after: readonly string[]): readonly string[] {
  const { value } = load([...before, ...after].map((content, i) => ({ path: `${String(i)}.yaml`, content })));
  const dataplanes = value.resources.filter(({ kind }) => kind === "Dataplane");
  const found = groupChanges(diff(compiled(before), compiled(after)).proxies, ({ name }) =>
    dataplanes
      .filter((resource) => resource.name === name)
      .flatMap((resource) => ownTextsOf(readDataplane(resource).value ?? fail(name))),
  );
  return found.map(({ finding, isAlike, proxies }) => {
    const names = proxies.map(({ name, listeners }) => [name, ...listeners].join(" "));
    return `${finding.kind}${isAlike ? " alike" : ""}: ${names.join(", ")}`;
  });
}

function fail(name: string): never {
  throw new Error(`${name} cannot be read`);
}

const sidecars = [
  mesh,
  sidecar("web", { address: "10.0.0.1" }),
  sidecar("db", { address: "10.0.0.11", protocol: "tcp" }),
];
const selects = "policies: db, web";

describe("the same change of several proxies", () => {
  it.each([
    ["is one group", [], file("x"), ["listener: db inbound 80, web inbound 80", selects]],
    [
      "is one group although each says its own name and address",
      [],
      file("%KUMA_DESTINATION_SERVICE% at %KUMA_SOURCE_ADDRESS_WITHOUT_PORT%"),
      ["listener alike: db inbound 80, web inbound 80", selects],
    ],
    [
      "is two groups where it is another one: the default format of HTTP and of TCP",
      [],
      JSON.stringify({ type: "File", file: { path: "/log" } }),
      ["listener: db inbound 80", "listener: web inbound 80", selects],
    ],
  ])("%s", (_, before, backend, expected) => {
    expect(groups([...sidecars, ...before], [...sidecars, policy("p", "rules", backend)])).toEqual(expected);
  });

  it("is one group for all services that a proxy sends to", () => {
    const sending = ["web", "db"].map((service, i) =>
      sidecar(`client-${String(i)}`, { address: `10.0.1.${String(i)}`, outbound: service, protocol: "tcp" }),
    );
    const logging = policy("p", "to", file("%KUMA_SOURCE_SERVICE% to %KUMA_DESTINATION_SERVICE%"));
    expect(groups([mesh, ...sending], [mesh, ...sending, logging])).toEqual([
      "listener alike: client-0 outbound web, client-1 outbound db",
      "policies: client-0, client-1",
    ]);
  });

  it("does not take a part of a word for a name", () => {
    const proxies = [mesh, sidecar("a"), sidecar("ab", { address: "10.0.0.2" })];
    const logging = policy("p", "rules", file("tab %KUMA_MESH%"));
    expect(groups(proxies, [...proxies, logging])).toEqual([
      "listener: a inbound 80, ab inbound 80",
      "policies: a, ab",
    ]);
  });

  it("is said of a proxy that is new or gone and of nothing inside of it", () => {
    expect(groups([mesh, sidecar("a"), sidecar("b")], [mesh, sidecar("c"), policy("p", "rules", file("x"))])).toEqual([
      "proxy: a, b",
      "proxy: c",
    ]);
  });
});
