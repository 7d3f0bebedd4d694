import type { Scene } from "../scene.ts";
import { none, stringValue, textOf, type Value } from "../value.ts";

const verbatim = "RESPONSE_CODE_DETAILS(ALLOW_WHITESPACES)";

/** RESPONSE_CODE_DETAILS: since 1.34 white space becomes `_`, unless an option allows it; any other text is no option. */
export function responseCodeDetailsOf([option]: readonly string[], { facts, envoy }: Scene): Value {
  const told = facts.get(verbatim);
  if (option === "ALLOW_WHITESPACES") {
    const usual = facts.need("RESPONSE_CODE_DETAILS");
    // An underscore may have been a space.
    return textOf(usual)?.includes("_") === true ? facts.need(verbatim) : usual;
  }
  const text = told === undefined ? undefined : textOf(told);
  if (told === undefined) return facts.need("RESPONSE_CODE_DETAILS");
  if (text === undefined) return none;
  return stringValue(envoy.minor < 34 ? text : text.replace(/[ \t\r\n\v\f]/g, "_"));
}
