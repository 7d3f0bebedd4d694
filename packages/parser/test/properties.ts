import { check, type Dialect, parse, print, type Target } from "../src/index.ts";

/** What is wrong with how a text is read: printed it must be what it was, and its nodes must nest and cover it. */
export function faultOfReading(text: string, dialect: Dialect): string | undefined {
  const format = parse(text, dialect);
  const printed = print(format);
  if (printed !== text) return `prints ${JSON.stringify(printed)}`;
  let end = 0;
  for (const part of format.parts) {
    if (part.start !== end || part.end <= part.start) return `${part.kind} at ${part.start} does not follow ${end}`;
    end = part.end;
    const fault = faultOfNesting(part);
    if (fault !== undefined) return fault;
  }
  return end === text.length ? undefined : `ends at ${end}`;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function isPlace(value: object): value is Place {
  return "start" in value && "end" in value;
}

/** Every node has to lie within its parent. */
function faultOfNesting(node: Place): string | undefined {
  const open: (readonly [parent: Place, value: unknown])[] = Object.values(node).map((value) => [node, value]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [parent, value] = next;
    if (typeof value !== "object" || value === null) continue;
    const place: Place = isPlace(value) ? value : parent;
    const isInside = parent.start <= place.start && place.start <= place.end && place.end <= parent.end;
    if (!isInside) return `${place.start}–${place.end} is not within ${parent.start}–${parent.end}`;
    for (const child of Object.values(value)) open.push([place, child]);
  }
  return undefined;
}

/** What is wrong with what is said of a text: places lie within it, and each Envoy is quoted with what refuses it first. */
export function faultOfChecking(text: string, target: Target): string | undefined {
  const { value, diagnostics } = check(parse(text), target);
  for (const { code, start, end, fixes = [], related = [] } of diagnostics) {
    for (const place of [{ start, end }, ...related, ...fixes.flatMap(({ edits }) => edits)]) {
      const isInside = 0 <= place.start && place.start <= place.end && place.end <= text.length;
      if (!isInside) return `${code} at ${place.start}–${place.end}`;
    }
  }
  const [only, ...others] = target.members;
  if (only === undefined || others.length > 0) return undefined;
  const verdict = value.envoy[`1.${only.envoy.minor}`] ?? "";
  const said = diagnostics.flatMap(({ envoy }) => (envoy === undefined ? [] : [envoy.message]));
  const isQuoted = verdict === "ok" ? said.length === 0 : said.length === 1 && said[0] === verdict;
  return isQuoted ? undefined : `the verdict is ${JSON.stringify(verdict)}, quoted is ${JSON.stringify(said)}`;
}
