import fc from "fast-check";
import { expect, it } from "vitest";
import { kumaOperators, type KumaValues } from "../../src/kuma/kuma-operators.ts";
import { linkAll } from "../../src/lower/link.ts";
import { loggerObject, loggersOf } from "../../src/lower/linked-logger.ts";
import { loggerWriter } from "../../src/lower/logger-text.ts";
import { matchFilter } from "../../src/lower/match-filter.ts";
import { templates } from "../../src/lower/template.ts";
import type { Backend } from "../../src/validate/policy.ts";
import { profileOf } from "./release.ts";

/** What texts and values are made of: operators and parts of them, what JSON escapes, marks, halves of characters. */
const scraps = fc
  .array(
    fc.constantFrom(
      ...kumaOperators.map((operator) => `%${operator}%`),
      ...["%", "KUMA_", "MESH", "%PROTOCOL%", "a", "ü", '"', "\\", "\n", "\x7f", "\x80", "\ud83d", "\ude00", "\u2028"],
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

const fields = fc.array(fc.record({ key: scraps, value: scraps }), { maxLength: 4 });

const format = fc.oneof(
  fc.record({ type: fc.constant("Plain" as const), plain: scraps, omitEmptyValues: fc.boolean() }),
  fc.record({ type: fc.constant("Json" as const), json: fields, omitEmptyValues: fc.boolean() }),
);

const body = fc.oneof(
  fc.constant(undefined),
  scraps.map((stringValue) => ({ stringValue })),
  fields.map((all) => ({
    kvlistValue: { values: all.map(({ key, value }) => ({ key, value: { stringValue: value } })) },
  })),
  fc.array(scraps).map((all) => ({ arrayValue: { values: all.map((stringValue) => ({ stringValue })) } })),
);

const backend: fc.Arbitrary<Backend> = fc.oneof(
  fc.record({ type: fc.constant("File" as const), file: fc.record({ path: scraps, format }) }),
  fc.record({ type: fc.constant("File" as const), file: fc.record({ path: scraps }) }),
  fc.record({ type: fc.constant("Tcp" as const), tcp: fc.record({ address: scraps, format }) }),
  fc.record({
    type: fc.constant("OpenTelemetry" as const),
    openTelemetry: fc.record({ endpoint: fc.constantFrom("a:1", "b:2"), attributes: fields, body }),
  }),
);

const value = fc.oneof({ weight: 3, arbitrary: fc.constantFrom("", "web", "10.0.0.1", "zone-1") }, scraps);

const kuma = fc.record(
  Object.fromEntries(kumaOperators.map((operator) => [operator, value])) as Record<
    keyof KumaValues,
    fc.Arbitrary<string>
  >,
);

const filter = fc
  .option(fc.record({ sni: fc.record({ type: fc.constant("Exact" as const), value: scraps }) }), { nil: undefined })
  .map((match) => match && matchFilter(match));

it("writes all loggers as JSON writes their objects, whatever the writer has written before", () => {
  const layouts = [JSON.stringify, (logger: object) => JSON.stringify(logger, null, 2)];
  fc.assert(
    fc.property(
      fc.constantFrom("2.2.9", "2.5.11", "2.11.18", "2.14.3", "main").map(profileOf),
      fc.array(backend, { minLength: 1, maxLength: 4 }),
      fc.array(fc.record({ kuma, socketPath: value, cluster: value, filter }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...layouts),
      (profile, backends, proxies, stringify) => {
        const lowered = templates({ backends }, profile);
        const writerOf = loggerWriter({ stringify, list: ["[", ", ", "]"] });
        for (const { kuma, socketPath, cluster, filter } of proxies) {
          const values = { kuma, socketPath, clusterOf: () => cluster, refuse: () => undefined };
          const write = writerOf();
          for (const kind of ["http", "tcp", "passthrough"] as const) {
            const list = linkAll(lowered[kind], values, filter);
            const objects = loggersOf(list).map((logger) => stringify(loggerObject(logger)));
            expect(write([list]).join("")).toBe(`[${objects.join(", ")}]`);
            expect(write([list, list]).join("")).toBe(`[${[...objects, ...objects].join(", ")}]`);
          }
        }
      },
    ),
    { numRuns: 1000 },
  );
});
