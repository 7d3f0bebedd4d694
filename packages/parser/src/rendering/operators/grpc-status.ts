import type { FactIndex } from "../facts.ts";
import { none, stringValue, textOf, type Value } from "../value.ts";
import { headerBytes } from "./headers.ts";

/** The statuses of gRPC by number, in the words of Envoy and of absl. */
const statuses: readonly (readonly [camel: string, snake: string])[] = [
  ["OK", "OK"],
  ["Canceled", "CANCELLED"],
  ["Unknown", "UNKNOWN"],
  ["InvalidArgument", "INVALID_ARGUMENT"],
  ["DeadlineExceeded", "DEADLINE_EXCEEDED"],
  ["NotFound", "NOT_FOUND"],
  ["AlreadyExists", "ALREADY_EXISTS"],
  ["PermissionDenied", "PERMISSION_DENIED"],
  ["ResourceExhausted", "RESOURCE_EXHAUSTED"],
  ["FailedPrecondition", "FAILED_PRECONDITION"],
  ["Aborted", "ABORTED"],
  ["OutOfRange", "OUT_OF_RANGE"],
  ["Unimplemented", "UNIMPLEMENTED"],
  ["Internal", "INTERNAL"],
  ["Unavailable", "UNAVAILABLE"],
  ["DataLoss", "DATA_LOSS"],
  ["Unauthenticated", "UNAUTHENTICATED"],
];

/** What an HTTP status means for a gRPC client (gRPC's `http-grpc-status-mapping.md`); any other is unknown (2). */
const byHttp: Readonly<Record<string, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
};

/**
 * GRPC_STATUS, from the trailers, else the headers, else the HTTP status. Source: `GrpcStatusFormatter` in
 * `source/common/formatter/http_specific_formatter.cc`; that the request has to be gRPC holds since 1.27.
 */
export function grpcStatusOf([form]: readonly string[], facts: FactIndex, minor: number): Value {
  const code = codeOf(facts, minor);
  if (code === undefined) return none;
  if (form === "NUMBER") return { kind: "integer", number: code };
  const [camel, snake] = statuses[code] ?? [];
  return stringValue((form === "SNAKE_STRING" ? snake : camel) ?? String(code));
}

function codeOf(facts: FactIndex, minor: number): number | undefined {
  const known = facts.get("GRPC_STATUS(NUMBER)");
  if (known !== undefined) return known.kind === "integer" || known.kind === "double" ? known.number : undefined;
  if (minor >= 27 && !isGrpc(facts)) return undefined;
  const header = headerBytes("TRAILER", "grpc-status", facts) ?? headerBytes("RESP", "grpc-status", facts);
  if (header !== undefined) return /^[0-9]{1,19}$/.test(header) ? Number(header) : -1;
  const http = textOf(facts.need("RESPONSE_CODE"));
  return http === undefined || http === "0" ? undefined : (byHttp[http] ?? 2);
}

function isGrpc(facts: FactIndex): boolean {
  const type = headerBytes("REQ", "content-type", facts);
  return /^application\/grpc(?:$|\+)/.test(type ?? "") && headerBytes("REQ", ":path", facts) !== undefined;
}
