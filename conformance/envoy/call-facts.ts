import { type Format, type Part, parse } from "../../packages/parser/src/index.ts";

/** A call in a format or in COALESCE. */
type Call = Pick<Extract<Part, { kind: "operator" }>, "name" | "argument">;

/**
 * The operators whose values a line with these formats follows from, each as it stands alone without a limit: what a
 * format combines, cuts or converts is not among them.
 */
export function factsFor(formats: readonly unknown[]): ReadonlySet<string> {
  const facts = new Set<string>();
  for (const text of formats.flatMap(stringsOf)) addFormat(parse(text), facts);
  return facts;
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

function addFormat({ parts }: Format, facts: Set<string>): void {
  for (const part of parts) if (part.kind === "operator") addCall(part, facts);
}

/** What is asked of an operator that has its value from somewhere else. */
const others: Readonly<Record<string, readonly string[]>> = {
  PATH: ["%REQ(:path)%", "%REQ(x-envoy-original-path)%"],
  QUERY_PARAM: ["%REQ(:path)%"],
  QUERY_PARAMS: ["%REQ(:path)%"],
  GRPC_STATUS: ["%GRPC_STATUS_NUMBER%"],
  XFCC_VALUE: ["%REQ(x-forwarded-client-cert)%"],
  REQUESTED_SERVER_NAME: ["%REQUESTED_SERVER_NAME%", "%REQ(x-envoy-original-host)%", "%REQ(:authority)%"],
  RESPONSE_CODE_DETAILS: ["%RESPONSE_CODE_DETAILS%", "%RESPONSE_CODE_DETAILS(ALLOW_WHITESPACES)%"],
  LOCAL_REPLY_BODY: [],
  CEL: [],
  TYPED_CEL: [],
};

function addCall({ name: { text: name }, argument }: Call, facts: Set<string>): void {
  const known = others[name];
  const add = (call: string): void => void facts.add(call);
  if (known !== undefined) {
    known.forEach(add);
    return;
  }
  if (argument?.kind === "header") {
    for (const header of [argument.header, argument.alternative]) {
      if (header !== undefined && header.text !== "") add(`%${short(name)}(${header.text.toLowerCase()})%`);
    }
  } else if (argument?.kind === "coalesce") {
    for (const { name: inner, argument: taken } of argument.entries) {
      if (inner !== undefined) addCall({ name: inner, ...(taken && { argument: taken }) }, facts);
    }
  } else if (argument?.kind === "mask") add(`%${name}%`);
  else if (/^(?:START|EMIT)_TIME/.test(name)) add(`%${name.replace(/_LOCAL$/, "")}(%s.%9f)%`);
  else if (/_V_(?:START|END)$/.test(name)) add(`%${name}(%s)%`);
  else add(`%${name}${argument === undefined || argument.text === "" ? "" : `(${argument.text})`}%`);
}

function short(name: string): string {
  const names: Readonly<Record<string, string>> = {
    REQUEST_HEADER: "REQ",
    STREAM_INFO_REQ: "REQ",
    REQ_WITHOUT_QUERY: "REQ",
    RESPONSE_HEADER: "RESP",
    RESPONSE_TRAILER: "TRAILER",
  };
  return names[name] ?? name;
}
