import type { Limit } from "../ast.ts";
import { type Call, keyOf, optionsOf } from "./call-key.ts";
import { addressOf, portOf } from "./operators/addresses.ts";
import { coalesce } from "./operators/coalesce.ts";
import { durationOf } from "./operators/durations.ts";
import { filterStateOf } from "./operators/filter-state.ts";
import { grpcStatusOf } from "./operators/grpc-status.ts";
import { headerOf, withoutQuery } from "./operators/headers.ts";
import { metadataOf } from "./operators/metadata.ts";
import { pathOf, queryParameterOf, queryParametersOf } from "./operators/paths.ts";
import { responseCodeDetailsOf } from "./operators/response-code-details.ts";
import { serverNameOf } from "./operators/server-name.ts";
import { timeOf } from "./operators/times.ts";
import { xfccValueOf } from "./operators/xfcc.ts";
import { toBytes } from "./bytes.ts";
import type { Scene } from "./scene.ts";
import { evaluateCel } from "./cel/evaluate-cel.ts";
import { printCel, typedCel } from "./cel/print-cel.ts";
import { cutString, cutText, none, stringValue, type Value } from "./value.ts";

/** A call of an operator, in a format or in COALESCE. */
export interface LimitedCall extends Call {
  readonly limit?: Pick<Limit, "text">;
}

/** What a call yields, its limit heeded. */
export type Evaluate = (call: LimitedCall, scene: Scene) => Value;

/** What a call yields that Envoy accepts. A fact about the call itself comes before all that could be worked out. */
export const evaluate: Evaluate = (call, scene) => {
  const limit = call.limit === undefined ? undefined : Number(call.limit.text);
  const { argument } = call;
  const name = call.name.text;
  if (argument?.kind === "metadata" || argument?.kind === "typed-metadata") {
    return metadataOf(call, argument, limit, scene);
  }
  if (argument?.kind === "filter-state") return filterStateOf(call, argument, limit, scene);
  const value = scene.facts.exact(call) ?? derive(call, scene);
  // XFCC_VALUE reads a limit and forgets it; a variable that is not set is not cut either.
  const isWhole = name === "XFCC_VALUE" || (name === "ENVIRONMENT" && value.kind === "string" && value.bytes === "-");
  return isWhole ? value : cut(value, limit);
};

/** As text everything is cut, in JSON strings only. */
function cut(value: Value, limit: number | undefined): Value {
  return value.kind === "string" ? cutString(value, limit) : cutText(value, limit);
}

/** What follows from other facts. */
function derive(call: Call, scene: Scene): Value {
  const { facts, envoy } = scene;
  const { argument } = call;
  const name = call.name.text;
  switch (argument?.kind) {
    case "header": {
      const value = headerOf(name === "REQ_WITHOUT_QUERY" ? "REQ" : name, argument, facts);
      return name === "REQ_WITHOUT_QUERY" ? withoutQuery(value) : value;
    }
    case "duration":
      return durationOf(call, argument, scene);
    case "coalesce":
      return coalesce(argument, scene, evaluate);
    case "time":
      return timeOf(name, argument.text, scene);
    case "mask":
      return addressOf(name, argument.length, facts);
    case "cel": {
      const { expression } = argument;
      if (expression === undefined) return none;
      const value = evaluateCel(expression, scene);
      return name === "TYPED_CEL" ? typedCel(value) : printCel(value);
    }
    case "query-parameter":
      return queryParameterOf(toBytes(argument.text), facts);
    case "choices":
    case "file":
    case "filter-state":
    case "metadata":
    case "opaque":
    case "secret":
    case "typed-metadata":
    case "variable":
    case undefined:
      break;
  }
  switch (name) {
    case "PATH":
      return pathOf(optionsOf(call), facts);
    case "QUERY_PARAMS":
      return queryParametersOf(optionsOf(call), facts);
    case "REQUESTED_SERVER_NAME":
      return serverNameOf(optionsOf(call), scene);
    case "RESPONSE_CODE_DETAILS":
      return responseCodeDetailsOf(optionsOf(call), scene);
    case "GRPC_STATUS":
      return grpcStatusOf(optionsOf(call), facts, envoy.minor);
    case "GRPC_STATUS_NUMBER":
      return grpcStatusOf(["NUMBER"], facts, envoy.minor);
    case "XFCC_VALUE":
      return xfccValueOf(argument?.text ?? "", facts);
    case "START_TIME":
    case "START_TIME_LOCAL":
    case "EMIT_TIME":
    case "EMIT_TIME_LOCAL":
    case "DOWNSTREAM_PEER_CERT_V_START":
    case "DOWNSTREAM_PEER_CERT_V_END":
    case "UPSTREAM_PEER_CERT_V_START":
    case "UPSTREAM_PEER_CERT_V_END":
      return timeOf(name, "", scene);
    case "LOCAL_REPLY_BODY":
      // Access logs are written after the body is gone.
      return stringValue("");
    default:
      if (name.endsWith("_WITHOUT_PORT")) return addressOf(name, undefined, facts);
      return (name.endsWith("_PORT") ? portOf(name, facts) : undefined) ?? facts.absent(keyOf(call));
  }
}
