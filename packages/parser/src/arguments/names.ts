import { allMinors } from "../minors.ts";
import { type ArgumentNode, type ArgumentSource, type Piece, piece, split, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** One name that is looked up as it stands: an environment variable, a query parameter, a secret. */
export interface NameArgument extends ArgumentNode<"variable" | "query-parameter" | "secret"> {
  readonly name: Piece;
}

/** `PATH` or `PATH:DIRECTORY`, the directory being watched for changes. */
export interface FileArgument extends ArgumentNode<"file"> {
  readonly path: Piece;
  readonly directory?: Piece;
  /** What Envoy does not take. */
  readonly surplus?: Piece;
}

/** The argument of an operator that takes none, or that nobody knows. */
export type OpaqueArgument = ArgumentNode<"opaque">;

export function readName(kind: NameArgument["kind"], source: ArgumentSource): NameArgument {
  return { ...whole(kind, source), name: piece(source, 0, source.text.length) };
}

export function readFile(source: ArgumentSource): FileArgument {
  const [path, directory, surplus] = split(source, ":");
  return { ...whole("file", source), path, ...(directory && { directory }), ...(surplus && { surplus }) };
}

export function readOpaque(source: ArgumentSource): OpaqueArgument {
  return whole("opaque", source);
}

/** Source: `source/extensions/formatter/file_content/file_content.cc` at 1.38. Whether the file is there is not known. */
export function checkFile(argument: FileArgument | undefined, call: CallCheck): void {
  if (argument !== undefined && argument.surplus === undefined && argument.path.text !== "") return;
  const got = argument === undefined ? "" : call.effective(argument);
  const text = `FILE_CONTENT: expected format 'path' or 'path:watch_directory', got '${got}'`;
  call.refuse("format/file-path", argument ?? call.place, {}, allMinors, text);
}

/** Source: `source/extensions/formatter/generic_secret` at 1.38. Which secrets are configured is not known; one has a name. */
export function checkSecret(argument: NameArgument | undefined, call: CallCheck): void {
  if (argument !== undefined) return;
  const text = "envoy.formatter.generic_secret: secret '' is not configured in secret_configs";
  call.refuse("format/secret", call.place, {}, allMinors, text);
}
