import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

/** What matters here of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** A package, packed. */
export interface Packed {
  readonly manifest: Manifest;
  /** The path of its tarball. */
  readonly tarball: string;
}

const packages = join(import.meta.dirname, "../packages");

/** Packs each package that is published, as for the registry, into a folder of its own below `destination`. By pnpm. */
export function packAll(destination: string): readonly Packed[] {
  return readdirSync(packages)
    .map((name) => join(packages, name))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .flatMap((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
      return manifest.private === true ? [] : [{ manifest, tarball: pack(folder, join(destination, manifest.name)) }];
    });
}

function pack(folder: string, into: string): string {
  mkdirSync(into, { recursive: true });
  runCommand("pnpm", ["pack", "--pack-destination", into], folder);
  const [tarball = ""] = readdirSync(into);
  return join(into, tarball);
}
