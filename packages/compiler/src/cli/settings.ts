import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type AppliedConfiguration, applyConfiguration } from "../documents/applied-configuration.ts";
import { type Configuration, configurationName, readConfiguration } from "../documents/configuration.ts";
import { readControlPlane } from "../documents/control-plane.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import { readOwnDocument } from "./read-own-document.ts";

/** The options that say what a run is configured by. */
export interface ConfigurationOptions {
  readonly config?: string;
  readonly controlPlane?: string;
}

/** What a run is configured by; files are named by their paths from the working directory. */
export interface Settings extends AppliedConfiguration {
  readonly configuration: Configuration;
  readonly controlPlane: ControlPlane;
  /** The files that it was read from. */
  readonly files: readonly string[];
}

/**
 * Reads the configuration: the file that `--config` names, else the nearest `meshlog.config.yaml` of the working
 * directory and the folders above it; and what `--control-plane` names, which takes the place of its section.
 *
 * @throws UsageError with a line for each thing that is wrong, with its place.
 */
export function readSettings(options: ConfigurationOptions): Settings {
  const file = options.config ?? findConfiguration();
  const configuration = file === undefined ? {} : readOwnDocument(file, readConfiguration);
  const controlPlane =
    options.controlPlane === undefined
      ? (configuration.controlPlane ?? {})
      : readOwnDocument(options.controlPlane, readControlPlane);
  const folder = file === undefined ? process.cwd() : dirname(resolve(file));
  const { isIgnored, levelsOf } = applyConfiguration(configuration);
  const fromFolder = (path: string): string => relative(folder, resolve(path)).split(sep).join("/");
  return {
    configuration,
    controlPlane,
    files: [file, options.controlPlane].flatMap((one) => one ?? []),
    isIgnored: (path) => isIgnored(fromFolder(path)),
    levelsOf: (path) => levelsOf(fromFolder(path)),
  };
}

/** The nearest configuration of the working directory and the folders above it. */
export function findConfiguration(): string | undefined {
  const folder = process.cwd();
  for (let here = folder; ; here = dirname(here)) {
    const file = join(here, configurationName);
    if (existsSync(file)) return relative(folder, file);
    if (dirname(here) === here) return undefined;
  }
}
