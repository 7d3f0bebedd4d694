import { access } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { type Configuration, type LintLevels, readConfiguration } from "../documents/configuration.ts";
import { readControlPlane } from "../documents/control-plane.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import { readOwnDocument } from "./read-own-document.ts";

/** The options that say what a run is configured by. */
export interface ConfigurationOptions {
  readonly config?: string;
  readonly controlPlane?: string;
}

/** What a run is configured by. */
export interface Settings {
  readonly configuration: Configuration;
  readonly controlPlane: ControlPlane;
  /** The files that it was read from. */
  readonly files: readonly string[];
  /** Whether the configuration leaves a file out. */
  readonly isIgnored: (file: string) => boolean;
  /** The levels of lints in a file. */
  readonly levelsOf: (file: string) => LintLevels;
}

const fileName = "meshlog.config.yaml";

/**
 * Reads the configuration: the file that `--config` names, else the nearest `meshlog.config.yaml` of the working
 * directory and the folders above it; and what `--control-plane` names, which takes the place of its section.
 *
 * @throws UsageError with a line for each thing that is wrong, with its place.
 */
export async function readSettings(options: ConfigurationOptions): Promise<Settings> {
  const file = options.config ?? (await findConfiguration());
  const configuration = file === undefined ? {} : await readOwnDocument(file, readConfiguration);
  const controlPlane =
    options.controlPlane === undefined
      ? (configuration.controlPlane ?? {})
      : await readOwnDocument(options.controlPlane, readControlPlane);
  const folder = file === undefined ? process.cwd() : dirname(resolve(file));
  const { ignore = [], lints = {}, overrides = [] } = configuration;
  const isIgnored = matcher(ignore, folder);
  const levels = overrides.map((override) => ({ holds: matcher(override.files, folder), lints: override.lints }));
  return {
    configuration,
    controlPlane,
    files: [file, options.controlPlane].flatMap((one) => one ?? []),
    isIgnored,
    levelsOf: (path) => ({
      ...lints,
      ...levels.filter(({ holds }) => holds(path)).reduce((all, one) => ({ ...all, ...one.lints }), {}),
    }),
  };
}

/** The nearest configuration of the working directory and the folders above it. */
export async function findConfiguration(): Promise<string | undefined> {
  const folder = process.cwd();
  for (let here = folder; ; here = dirname(here)) {
    const file = join(here, fileName);
    if (await exists(file)) return relative(folder, file);
    if (dirname(here) === here) return undefined;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

/** Whether globs of a folder hold a file; a glob of a folder holds what is below it. */
function matcher(globs: readonly string[], folder: string): (file: string) => boolean {
  if (globs.length === 0) return () => false;
  const holds = picomatch(
    globs.flatMap((glob) => [trimmed(glob), `${trimmed(glob)}/**`]),
    { dot: true },
  );
  return (file) => holds(relative(folder, resolve(file)).split(sep).join("/"));
}

const trimmed = (glob: string): string => glob.replace(/^\.\//, "").replace(/\/$/, "");
