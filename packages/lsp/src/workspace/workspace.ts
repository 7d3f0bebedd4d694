import { openDocument, type PolicyDocument } from "../document.ts";
import { inSlices } from "../slices.ts";
import { isConfiguration } from "./configurations.ts";
import type { WorkspaceFiles } from "./files.ts";
import { folderUri, plainUri } from "./uris.ts";

/** How much of a workspace is read, that a large one costs no more than it is worth. */
export interface WorkspaceLimits {
  /** YAML and JSON files that are looked at. */
  readonly files: number;
  /** Of one file, in bytes. */
  readonly fileSize: number;
  /** Of all files with resources of Kuma's together, in UTF-16 units. */
  readonly text: number;
}

const defaultLimits: WorkspaceLimits = { files: 10_000, fileSize: 1 << 20, text: 1 << 24 };

/** The resources in the files of the workspace's folders, open or not. */
export interface Workspace {
  readonly folders: readonly string[];
  addFolders(uris: readonly string[]): void;
  removeFolders(uris: readonly string[]): void;
  /** Begins to read if nobody has yet. Resolves when there is nothing left to read. */
  read(): Promise<void>;
  /** Reads a file again that has changed, come or gone. */
  changed(uri: string): void;
  /** What was read of the files that hold resources of Kuma's. */
  documents(): Iterable<PolicyDocument>;
  /** Whether all of it was read once. */
  readonly isWhole: boolean;
  /** Stops reading. */
  close(): void;
}

/** What a workspace tells. */
export interface WorkspaceEvents {
  /** Something was read anew, and nothing is left to read. */
  readonly onRead: () => void;
  /** A configuration was found. */
  readonly onConfiguration: (uri: string) => Promise<void>;
  /** Some of the workspace is not read. @param why for people. */
  readonly onLimit: (why: string) => void;
}

/** A workspace without folders. */
export function createWorkspace(
  files: WorkspaceFiles,
  { onRead, onConfiguration, onLimit }: WorkspaceEvents,
  limits: WorkspaceLimits = defaultLimits,
): Workspace {
  const folders = new Map<string, string>();
  const unlisted = new Set<string>();
  const unread = new Map<string, string>();
  const documents = new Map<string, PolicyDocument>();
  const seen = new Set<string>();
  let size = 0;
  let reading: Promise<void> | undefined;
  let hasBegun = false;
  let isWhole = false;
  let isClosed = false;
  let isOverLimit = false;

  /** Whether a file is below one of the folders. */
  const isIn = (plain: string): boolean => [...folders.keys()].some((folder) => plain.startsWith(folder));

  function forget(plain: string): void {
    size -= documents.get(plain)?.text.length ?? 0;
    documents.delete(plain);
  }

  function refuse(why: string): void {
    if (!isOverLimit) onLimit(why);
    isOverLimit = true;
  }

  async function readOne(plain: string, uri: string): Promise<void> {
    const text = await files.read(uri, limits.fileSize);
    if (isClosed || !isIn(plain)) return;
    forget(plain);
    if (text === undefined) return;
    if (size + text.length > limits.text) {
      refuse(`the resources of the workspace are more than ${limits.text} characters; the rest is not read`);
      return;
    }
    const document = openDocument(uri, "yaml", 0, text);
    if (!document.isKumas) return;
    // Read now, piece by piece, not when somebody waits for it.
    await inSlices(readings(document), () => !isClosed);
    if (!isIn(plain)) return;
    size += text.length;
    documents.set(plain, document);
  }

  async function list(folder: string): Promise<void> {
    for await (const uris of files.list(folders.get(folder) ?? folder)) {
      if (isClosed || !folders.has(folder)) return;
      for (const uri of uris) {
        if (isConfiguration(uri)) await onConfiguration(uri);
        const plain = plainUri(uri);
        if (seen.has(plain)) continue;
        if (seen.size >= limits.files) {
          refuse(`the workspace has more than ${limits.files} YAML and JSON files; the rest is not read`);
          return;
        }
        seen.add(plain);
        unread.set(plain, uri);
      }
    }
  }

  async function readAll(): Promise<void> {
    while (!isClosed) {
      const [folder] = unlisted;
      const [next] = unread;
      if (folder !== undefined) {
        unlisted.delete(folder);
        await list(folder);
      } else if (next !== undefined) {
        unread.delete(next[0]);
        await readOne(...next);
      } else break;
    }
  }

  function go(): Promise<void> {
    hasBegun = true;
    reading ??= readAll().finally(() => {
      reading = undefined;
      isWhole = true;
      if (!isClosed) onRead();
    });
    return reading;
  }

  function goOn(): void {
    // What goes wrong with a file is passed over, and there is nobody to tell of the rest.
    if (hasBegun) void go();
  }

  return {
    get folders() {
      return [...folders.keys()];
    },
    addFolders(uris) {
      for (const uri of uris) {
        const folder = folderUri(uri);
        if (folders.has(folder)) continue;
        folders.set(folder, uri);
        unlisted.add(folder);
      }
      goOn();
    },
    removeFolders(uris) {
      for (const uri of uris) {
        folders.delete(folderUri(uri));
        unlisted.delete(folderUri(uri));
      }
      for (const plain of seen) {
        if (isIn(plain)) continue;
        seen.delete(plain);
        unread.delete(plain);
        forget(plain);
      }
      isOverLimit = false;
      goOn();
    },
    read: () => (isClosed || (hasBegun && unlisted.size + unread.size === 0 && reading === undefined) ? Promise.resolve() : go()), // prettier-ignore
    changed(uri) {
      const plain = plainUri(uri);
      // One that is new is found by looking again: ignore files may leave it out.
      if (seen.has(plain)) unread.set(plain, uri);
      else for (const folder of folders.keys()) if (plain.startsWith(folder)) unlisted.add(folder);
      goOn();
    },
    documents: () => documents.values(),
    get isWhole() {
      return isWhole;
    },
    close() {
      isClosed = true;
    },
  };
}

/** Reads a document section by section. */
function* readings({ sections }: PolicyDocument): Generator<readonly never[]> {
  for (const { section } of sections) {
    section.keys();
    yield [];
  }
}
