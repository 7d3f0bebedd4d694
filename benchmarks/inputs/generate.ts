/**
 * Writes an input of the measurements: `node benchmarks/inputs/generate.ts policies COUNT FILE`, or
 * `node benchmarks/inputs/generate.ts world POLICIES PROXIES OUTBOUNDS FILE`.
 */
import { writeFileSync } from "node:fs";
import { policies, world } from "./worlds.ts";
import { writeYaml } from "./write-yaml.ts";

const [kind, ...rest] = process.argv.slice(2);
const file = rest.pop();
const [first = NaN, proxies = NaN, outbounds = NaN] = rest.map(Number);
if (file === undefined || (kind !== "policies" && kind !== "world")) throw new Error("name `policies` or `world`");
writeFileSync(file, writeYaml(kind === "policies" ? policies(first) : world({ policies: first, proxies, outbounds })));
