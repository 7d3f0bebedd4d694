import { trimEnd } from "@meshlog/parser";

/**
 * A URI in the one spelling by which files are compared: clients escape the same path in several ways
 * (`file:///c%3A/a` and `file:///C:/a`).
 */
export function plainUri(uri: string): string {
  let plain = uri;
  try {
    plain = decodeURIComponent(uri);
  } catch {
    // A lone percent sign: it is taken as it stands.
  }
  return plain.replace(/^file:\/\/\/[A-Z]:/, (start) => start.toLowerCase());
}

/** The folders that a file is in, nearest first, each with a `/` at its end and in its plain spelling. */
export function foldersOf(uri: string): readonly string[] {
  const plain = plainUri(uri);
  const root = /^[a-z][-+.\w]*:(?:\/\/[^/]*\/)?/i.exec(plain)?.[0].length ?? 0;
  const folders: string[] = [];
  for (let at = plain.lastIndexOf("/"); at >= root - 1 && at >= 0; at = plain.lastIndexOf("/", at - 1)) {
    folders.push(plain.slice(0, at + 1));
    if (at === 0) break;
  }
  return folders;
}

/** The folder of that name with a `/` at its end, in its plain spelling. */
export function folderUri(uri: string): string {
  return `${trimEnd(plainUri(uri), "/")}/`;
}
