import { readFileSync } from "node:fs";
import { compile, load } from "@meshlog/compiler";
import { kumaReleases } from "@meshlog/parser";

const paths = ["dataplanes.yaml", "incoming.yaml", "mesh.yaml"];
const folder = new URL("../../examples/quickstart/bundle/", import.meta.url);
const files = paths.map((path) => ({ path, content: readFileSync(new URL(path, folder)) }));

const kuma = kumaReleases.find(({ name }) => name === "2.14.3");
if (kuma !== undefined) {
  const { value: bundle } = load(files);
  const { value: compiled, diagnostics } = compile(bundle, kuma);
  for (const { message } of diagnostics) console.log(message);
  for (const { mesh, name, listeners } of compiled.proxies) {
    for (const { name: listener, accessLog } of listeners) {
      console.log(`${mesh}/${name} ${listener}: ${String(accessLog.length)} access loggers`);
    }
  }
}
