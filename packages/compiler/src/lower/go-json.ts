/** JSON as Go's `json.Marshal` writes it: compact, keys sorted, and `<`, `>`, `&`, U+2028, U+2029 escaped. */
export function goJson(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(goJson).join(",")}]`;
  if (typeof json === "object" && json !== null) {
    const entries = Object.entries(json)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${goJson(key)}:${goJson(value)}`);
    return `{${entries.join(",")}}`;
  }
  if (typeof json === "bigint") return json.toString();
  if (Object.is(json, -0)) return "-0";
  return JSON.stringify(json).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
