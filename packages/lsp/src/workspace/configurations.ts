import {
  type AppliedConfiguration,
  applyConfiguration,
  type Configuration,
  configurationName,
  type Diagnostic,
  readConfiguration,
} from "@meshlog/compiler";
import type { WorkspaceFiles } from "./files.ts";
import { foldersOf, plainUri } from "./uris.ts";

/** A `meshlog.config.yaml`, and what it makes of the files below its folder. */
export interface FolderConfiguration extends AppliedConfiguration {
  readonly folder: string;
  readonly configuration: Configuration;
  /** What is wrong with it, for people; then it says nothing. */
  readonly problem?: string;
}

/** The configurations of the folders that files are in. */
export interface Configurations {
  /** Looks into all folders above a file that were not looked into. Resolves to whether there were such. */
  seek(uri: string): Promise<boolean>;
  /** Reads one again that has changed, come or gone. */
  reread(uri: string): Promise<void>;
  /** That of a file: the nearest of those that were found. */
  of(uri: string): FolderConfiguration | undefined;
}

/** How large a configuration may be, in bytes. */
const limit = 1 << 20;

/** The configurations that there are among files; none were looked for yet. */
export function createConfigurations(files: WorkspaceFiles | undefined): Configurations {
  const found = new Map<string, FolderConfiguration | undefined>();
  const sought = new Map<string, Promise<void>>();

  async function read(folder: string): Promise<void> {
    const uri = `${folder}${configurationName}`;
    const content = await files?.read(encodeURI(uri), limit);
    if (content === undefined) {
      found.set(folder, undefined);
      return;
    }
    const { value = {}, diagnostics } = readConfiguration({ path: uri, content });
    const problem = problemOf(diagnostics, content);
    found.set(folder, {
      folder,
      configuration: value,
      ...applyConfiguration(value),
      ...(problem !== undefined && { problem: `${uri}: ${problem}` }),
    });
  }

  return {
    async seek(uri) {
      if (files === undefined) return false;
      const folders = foldersOf(uri);
      const isNew = folders.some((folder) => !sought.has(folder));
      const reading = folders.map((folder) => {
        const known = sought.get(folder) ?? read(folder);
        sought.set(folder, known);
        return known;
      });
      await Promise.all(reading);
      return isNew;
    },
    async reread(uri) {
      const [folder] = foldersOf(uri);
      if (folder === undefined) return;
      const reading = read(folder);
      sought.set(folder, reading);
      await reading;
    },
    of: (uri) => foldersOf(uri).map((folder) => found.get(folder)).find((one) => one !== undefined), // prettier-ignore
  };
}

function problemOf(diagnostics: readonly Diagnostic[], text: string): string | undefined {
  const [first] = diagnostics;
  if (first === undefined) return undefined;
  const line = text.slice(0, first.start).split("\n").length;
  return `line ${line}: ${first.message}`;
}

/** Whether a file is a configuration. */
export function isConfiguration(uri: string): boolean {
  return plainUri(uri).endsWith(`/${configurationName}`);
}

/** A file as its configuration names it. */
export function fromFolder(uri: string, { folder }: FolderConfiguration): string {
  return plainUri(uri).slice(folder.length);
}
