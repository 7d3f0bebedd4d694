/** What the inputs are made of. */
export type Yaml = string | number | readonly Yaml[] | { readonly [key: string]: Yaml };

/** Documents as YAML in block style, as PyYAML writes them: the inputs are the same bytes as those of other programs. */
export function writeYaml(documents: readonly Yaml[]): string {
  return documents.map((document) => `${block(document, "")}\n`).join("---\n");
}

function block(value: Yaml, indent: string): string {
  if (isList(value)) return value.map((item) => `${indent}- ${inList(item, indent)}`).join("\n");
  if (typeof value !== "object") return scalar(value);
  return Object.entries(value)
    .map(([key, field]) => `${indent}${scalar(key)}:${inMap(field, indent)}`)
    .join("\n");
}

/** A list in a map is not indented, a map is. */
function inMap(value: Yaml, indent: string): string {
  if (typeof value !== "object") return ` ${scalar(value)}`;
  return `\n${block(value, isList(value) ? indent : `${indent}  `)}`;
}

/** What stands in a list begins beside its dash. */
function inList(value: Yaml, indent: string): string {
  return block(value, `${indent}  `).trimStart();
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}

/** Quoted where it would not be the same text without; the inputs hold no line breaks and no control characters. */
function scalar(value: string | number): string {
  if (typeof value === "number") return String(value);
  const isPlain = /^[\w/.](?:[^#:]|:(?=\S))*$/.test(value);
  const isOther = /^(?:[-+]?\d[\d_]*(?:\.[\d_]*)?|true|false|yes|no|on|off|null|)$/i.test(value);
  return isPlain && !isOther ? value : `'${value.replaceAll("'", "''")}'`;
}
