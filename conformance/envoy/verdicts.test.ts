import { check, checkJson, parse, target } from "../../packages/parser/src/index.ts";
import { expect, test } from "vitest";
import { isSameVerdict, readExpressions, readFormats, type RecordedVerdicts } from "./recorded.ts";

const { value: envoys } = target("envoy 1.36..1.40");
if (envoys === undefined) throw new Error("no such Envoys");
const five = envoys;

/** What differs between a record and what we say, by minor. */
function differences(what: unknown, { verdicts }: RecordedVerdicts, ours: Readonly<Record<string, string>>): unknown[] {
  return Object.entries(verdicts)
    .filter(([minor, recorded]) => !isSameVerdict(recorded, ours[minor]))
    .map(([minor, recorded]) => ({ what, minor, recorded, ours: ours[minor] }));
}

test("every recorded format is judged as the Envoys judged it, text for text", () => {
  const records = readFormats();
  expect(records.length).toBeGreaterThan(2400);
  const found = records.flatMap((record) => {
    if ("format" in record) {
      return differences(record.format, record, check(parse(record.format), five).value.envoy);
    }
    const { value } = checkJson(record.json, five, { omitEmptyValues: record.omit ?? false });
    return differences(record.json, record, value.envoy);
  });
  expect(found).toEqual([]);
});

/** The record has lost the CR of Envoy's text, which repeats the format; `envoy-verdicts.jsonl.gz` keeps it. */
const wrongRecords = new Set(["1\r\n+2"]);

test("every recorded expression is taken or refused as the Envoys did it", () => {
  const records = readExpressions().filter(({ expression }) => !wrongRecords.has(expression));
  expect(records.length).toBeGreaterThan(1000);
  const found = records.flatMap((record) => {
    const format = `%CEL(${record.expression})%`;
    return differences(record.expression, record, check(parse(format), five).value.envoy);
  });
  expect(found).toEqual([]);
});

test("what resolves to no function is named as the Envoys name it", () => {
  const mark = "No overload found in reference resolve step";
  const records = readExpressions().filter(({ verdicts }) => verdicts["1.40"]?.includes(mark) === true);
  expect(records.length).toBeGreaterThan(100);
  const found = records.flatMap(({ expression, verdicts }) => {
    const ours = check(parse(`%CEL(${expression})%`), five).value.envoy["1.40"];
    return ours === verdicts["1.40"] ? [] : [{ expression, recorded: verdicts["1.40"], ours }];
  });
  expect(found).toEqual([]);
});
