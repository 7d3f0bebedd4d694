import { describe, expect, it } from "vitest";
import { migrated, policy } from "./migrated.ts";

const mesh = (logging: string): string => `type: Mesh\nname: default\n${logging}mtls: {}\n`;
const logging = `# logs\nlogging:\n  defaultBackend: f\n  backends:\n    - {name: f, type: file, conf: {path: /log}}\n    - {name: t, type: tcp, format: '%PROTOCOL%', conf: {address: 'logs:5000'}}\n    - {name: other, type: syslog}\n`;

const log = (name: string, destination: string, backend = "", source = "'*'"): string =>
  `type: TrafficLog\nmesh: default\nname: ${name}\nsources:\n  - match: {kuma.io/service: ${source}}\ndestinations:\n  - match: {${destination}}\nconf: {${backend}}\n`;
const everything = "kuma.io/service: '*'";

const accessLog = (name: string, ...items: readonly string[]): string =>
  policy(`targetRef:\n  kind: Mesh\nto:\n${items.join("")}`, name);
const item = (targetRef: string, backends: string): string =>
  `  - targetRef:\n      ${targetRef}\n    default:\n      backends:${backends}\n`;
const file = "\n        - type: File\n          file:\n            path: /log";
const tcp =
  "\n        - type: Tcp\n          tcp:\n            address: logs:5000\n            format:\n              type: Plain\n              plain: '%PROTOCOL%'";

const becomes = (...documents: readonly string[]): { readonly text: string; readonly said: readonly string[] } =>
  migrated(documents.join("---\n"), { from: "2.14.0", to: "main" });

describe("TrafficLogs become a MeshAccessLog", () => {
  it("with the default backend, and leave the Mesh without logging", () => {
    expect(becomes(mesh(logging), log("all", everything))).toEqual({
      text: [mesh(""), accessLog("all", item("kind: Mesh", file))].join("---\n"),
      said: [],
    });
  });

  it("in which those for one service come last", () => {
    const service =
      "type: MeshService\nmesh: default\nname: web\nlabels: {kuma.io/display-name: web}\nspec: {ports: [{port: 80}]}\n";
    const web = "kind: MeshService\n      labels:\n        kuma.io/display-name: web";
    expect(
      becomes(mesh(logging), log("one", "kuma.io/service: web", "backend: t"), log("all", everything), service).text,
    ).toBe([mesh(""), accessLog("one", item("kind: Mesh", file), item(web, tcp)), "", service].join("---\n"));
  });

  it("that switches logging off where the backend is not there", () => {
    expect(becomes(mesh(logging), log("all", everything, "backend: gone")).text).toBe(
      [mesh(""), accessLog("all", item("kind: Mesh", " []"))].join("---\n"),
    );
  });
});

describe("TrafficLogs stay, and that is an error", () => {
  it.each([
    ["without the Mesh", [log("all", everything)]],
    ["for some sources", [mesh(logging), log("all", everything, "", "web")]],
    ["for destinations with tags", [mesh(logging), log("all", "kuma.io/service: '*', version: '1'")]],
    ["for a service that is no MeshService", [mesh(logging), log("all", "kuma.io/service: web")]],
    ["with a backend of another type", [mesh(logging), log("all", everything, "backend: other")]],
    [
      "beside a MeshAccessLog on what is sent",
      [
        mesh(logging),
        log("all", everything),
        policy("to:\n  - targetRef: {kind: Mesh}\n    default: {backends: []}\n"),
      ],
    ],
    [
      "in flow style",
      [
        mesh(logging),
        "{type: TrafficLog, mesh: default, name: all, sources: [{match: {kuma.io/service: '*'}}], destinations: [{match: {kuma.io/service: '*'}}]}\n",
      ],
    ],
  ])("%s", (name, documents) => {
    const code = name === "in flow style" ? "layout" : "traffic-log";
    expect(becomes(...documents)).toEqual({ text: documents.join("---\n"), said: [`error migrate/${code}: all`] });
  });

  it("where two are for the same", () => {
    const documents = [mesh(logging), log("all", everything), log("again", everything)];
    expect(becomes(...documents)).toEqual({
      text: documents.join("---\n"),
      said: ["error migrate/traffic-log: all", "error migrate/traffic-log: again"],
    });
  });

  it("but not in a release that still reads them", () => {
    const text = [mesh(logging), log("all", everything)].join("---\n");
    expect(migrated(text, { to: "2.14.3" })).toEqual({ text, said: [] });
  });
});
