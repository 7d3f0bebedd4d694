/** `pnpm start`: compiles the quick-start example with the command line and shows what came out. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { CompiledBundle, CompiledListener, CompiledProxy } from "../packages/compiler/src/index.ts";

const repository = join(import.meta.dirname, "..");
const bundle = join(repository, "examples/quickstart/bundle");
const out = join(repository, "build/quickstart");

const command = [join(repository, "packages/compiler/bin/meshlog.js"), "compile", bundle, "--out", out, "--quiet"];
const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

const compiled = JSON.parse(readFileSync(join(out, "bundle.json"), "utf8")) as CompiledBundle;
console.log(`
meshlog compiled ${relative(repository, bundle)} as the control plane of Kuma ${compiled.kuma} would (Envoy ${compiled.envoy}).

Policies
${compiled.policies.map(({ name, file, items }) => `  ${name.padEnd(12)} ${relative(repository, file)}: ${items.map(({ path }) => path).join(", ")}`).join("\n")}

Proxies
${compiled.proxies.map(proxyLines).join("\n")}

${firstLogger(compiled)}
${previewed()}
Everything, with a file for each proxy: ${relative(repository, out)}/
Next: change a format in ${relative(repository, bundle)}/ and run this again, or check your own policies:
  npx --yes pnpm@12 meshlog check <files or folders>
`);

function proxyLines({ name, policies, listeners, clusters }: CompiledProxy): string {
  return [
    `  ${name}, selected by ${policies.join(", ")}`,
    ...listeners.map(
      ({ name: listener, resource, protocol, accessLog }) =>
        `    ${(listener ?? resource).padEnd(28)} ${protocol.padEnd(10)} ${count(accessLog.length, "access logger")}`,
    ),
    ...clusters.map(({ name: cluster }) => `    cluster ${cluster ?? ""}`),
  ].join("\n");
}

/** One format as the policy has it, and as Envoy gets it. */
function firstLogger({ policies, proxies }: CompiledBundle): string {
  const [proxy] = proxies;
  const [listener] = proxy?.listeners ?? [];
  const [template] = policies.flatMap(({ items }) => items.flatMap(({ accessLog }) => accessLog.http.map(textOf)));
  const linked = listener?.accessLog.map(textOf)[0];
  if (proxy === undefined || listener === undefined || template === undefined || linked === undefined) return "";
  return `The access logger of ${proxy.name} on ${listener.name ?? listener.resource}
  in the policy  ${template.trimEnd()}
  in Envoy       ${linked.trimEnd()}
`;
}

/** The first line that Envoy would write of it. */
function previewed(): string {
  const command = [join(repository, "packages/compiler/bin/meshlog.js"), "preview", bundle];
  const { stdout } = spawnSync(process.execPath, command, { encoding: "utf8" });
  const [title = "", line = ""] = stdout.split("\n");
  return `What it would log of a request  ${title.replace(/^# /, "")}
  ${line}

  meshlog preview shows that for any format; --traffic grpc, tcp, tls or failure for other requests.
`;
}

function textOf({ typedConfig }: CompiledListener["accessLog"][number]): string {
  const format = typedConfig !== undefined && "logFormat" in typedConfig ? typedConfig.logFormat : undefined;
  return format?.textFormatSource?.inlineString ?? JSON.stringify(format?.jsonFormat);
}

function count(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? "" : "s"}`;
}
