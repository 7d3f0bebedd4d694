import type { Argument } from "../arguments/argument.ts";
import type { Name } from "../ast.ts";

/** A call whose limit does not matter. */
export interface Call {
  readonly name: Name;
  readonly argument?: Argument;
}

/** Operators that print the same header map; the short names are those of all releases. */
const sameHeaders: Readonly<Record<string, string>> = {
  REQUEST_HEADER: "REQ",
  STREAM_INFO_REQ: "REQ",
  RESPONSE_HEADER: "RESP",
  RESPONSE_TRAILER: "TRAILER",
};

/** Operators of METADATA's family, with the type that METADATA knows theirs by. */
const metadataTypes: Readonly<Record<string, string>> = {
  DYNAMIC_METADATA: "DYNAMIC",
  CLUSTER_METADATA: "CLUSTER",
  UPSTREAM_METADATA: "UPSTREAM_HOST",
};

/** What an option is where it is left out, by operator. */
const defaults: Readonly<Record<string, readonly string[]>> = {
  GRPC_STATUS: ["CAMEL_STRING"],
  PATH: ["WQ", "ORIG_OR_PATH"],
  QUERY_PARAMS: ["ORIG"],
  REQUESTED_SERVER_NAME: ["SNI_ONLY", "ORIG_OR_HOST"],
};

/** The name under which a header of a map is a fact: `REQ(:path)`. */
export function headerKey(operator: string, header: string): string {
  return `${sameHeaders[operator] ?? operator}(${header.toLowerCase()})`;
}

/** The name under which a piece of metadata is a fact: `METADATA(DYNAMIC:my.ns:a:b)`. */
export function metadataKey(type: string, namespace: string, path: readonly string[]): string {
  return `METADATA(${[type, namespace, ...path].join(":")})`;
}

/** The options of a call, with those that it leaves out. */
export function optionsOf({ name, argument }: Call): readonly string[] {
  const chosen = argument?.kind === "choices" ? argument.chosen.map(({ text }) => text) : [];
  const usual = defaults[name.text] ?? [];
  return usual.length === 0 ? chosen : usual.map((option, i) => writtenOr(chosen[i], option));
}

/** What is left out, or left empty, is the usual. */
function writtenOr(text: string | undefined, usual: string): string {
  return text === undefined || text === "" ? usual : text;
}

/** One name for all calls that print the same. */
export function keyOf(call: Call): string {
  const { argument } = call;
  const name = call.name.text;
  if (name === "GRPC_STATUS_NUMBER") return "GRPC_STATUS(NUMBER)";
  const usual = defaults[name];
  if (usual !== undefined) return `${name}(${optionsOf(call).join(":")})`;
  if (argument === undefined || argument.text === "") return name;
  switch (argument.kind) {
    case "header":
      return headerKey(name, argument.text);
    case "duration": {
      const { from, to, precision } = argument;
      return `${name}(${from.text}:${to?.text ?? ""}:${precision?.text ?? "ms"})`;
    }
    case "filter-state": {
      const { key, serialization, field } = argument;
      const type = writtenOr(serialization?.text, "TYPED");
      return `${name}(${key.text}:${type}${type === "FIELD" ? `:${field?.text ?? ""}` : ""})`;
    }
    case "mask":
      return argument.length === undefined ? name : `${name}(${argument.length})`;
    case "metadata":
    case "typed-metadata": {
      const type = metadataTypes[name] ?? argument.type?.text ?? "";
      return metadataKey(
        type,
        argument.namespace?.text ?? "",
        argument.path.map(({ text }) => text),
      );
    }
    case "choices":
      return `${name}(${name === "XFCC_VALUE" ? argument.text.toLowerCase() : argument.text})`;
    case "cel":
    case "coalesce":
    case "file":
    case "opaque":
    case "query-parameter":
    case "secret":
    case "time":
    case "variable":
      return `${name}(${argument.text})`;
  }
}
