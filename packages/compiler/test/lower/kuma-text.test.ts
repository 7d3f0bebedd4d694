import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kumaOperators, type KumaValues } from "../../src/kuma/kuma-operators.ts";
import { fill, kumaText } from "../../src/lower/kuma-text.ts";

const values: KumaValues = {
  KUMA_SOURCE_ADDRESS: "10.0.0.1:0",
  KUMA_SOURCE_ADDRESS_WITHOUT_PORT: "10.0.0.1",
  KUMA_SOURCE_SERVICE: "web",
  KUMA_DESTINATION_SERVICE: "redis",
  KUMA_MESH: "default",
  KUMA_TRAFFIC_DIRECTION: "OUTBOUND",
  KUMA_ZONE: "zone-1",
  KUMA_WORKLOAD: "",
};

/** Kuma itself: one replacement after the other. */
function replaced(text: string, with_: KumaValues): string {
  return kumaOperators.reduce((filled, name) => filled.replaceAll(`%${name}%`, () => with_[name]), text);
}

describe("Kuma's operators are replaced as text", () => {
  it.each([
    ["%KUMA_MESH%", "default"],
    ["a %KUMA_SOURCE_SERVICE%->%KUMA_DESTINATION_SERVICE% b", "a web->redis b"],
    ["%KUMA_WORKLOAD%", ""],
    ["%KUMA_MESH%%KUMA_MESH%", "defaultdefault"],
    // The text around is not looked at.
    ["%%KUMA_MESH%%", "%default%"],
    ["%REQ(%KUMA_MESH%)%", "%REQ(default)%"],
    ["%REQ(X)%KUMA_MESH%", "%REQ(X)default"],
    // What is not exactly an operator stays.
    ["%KUMA_MESH:5%", "%KUMA_MESH:5%"],
    ["%KUMA_NOPE% %kuma_mesh%", "%KUMA_NOPE% %kuma_mesh%"],
    // The earlier in Kuma's order gets a shared `%`.
    ["%KUMA_ZONE%KUMA_MESH%", "%KUMA_ZONEdefault"],
    ["%KUMA_MESH%KUMA_ZONE%", "defaultKUMA_ZONE%"],
  ])("%s becomes %s", (text, expected) => {
    expect(fill(kumaText(text), values)).toBe(expected);
  });

  it("expands a later operator that a value brings along", () => {
    expect(fill(kumaText("%KUMA_SOURCE_SERVICE%"), { ...values, KUMA_SOURCE_SERVICE: "%KUMA_MESH%" })).toBe("default");
    expect(fill(kumaText("%KUMA_MESH%"), { ...values, KUMA_MESH: "%KUMA_SOURCE_SERVICE%" })).toBe(
      "%KUMA_SOURCE_SERVICE%",
    );
    expect(fill(kumaText("%KUMA_%KUMA_MESH%%"), { ...values, KUMA_MESH: "ZONE" })).toBe("zone-1");
  });

  it("gives what replacing text by text gives, for any text and values", () => {
    const scrap = fc.constantFrom(
      "%",
      "KUMA_",
      "MESH",
      "ZONE",
      "%KUMA_MESH%",
      "%KUMA_ZONE%",
      "%KUMA_SOURCE_ADDRESS%",
      "_",
      "x",
      ":5",
      "$&",
    );
    const text = fc.array(scrap, { maxLength: 12 }).map((scraps) => scraps.join(""));
    fc.assert(
      fc.property(text, text, text, (format, mesh, source) => {
        const odd = { ...values, KUMA_MESH: mesh, KUMA_SOURCE_ADDRESS: source };
        expect(fill(kumaText(format), odd)).toBe(replaced(format, odd));
      }),
      {
        numRuns: 3000,
        examples: [
          ["%KUMA_ZONE%KUMA_%KUMA_SOURCE_ADDRESS%%", "", "MESH"],
          ["%KUMA_ZONE%%KUMA_SOURCE_ADDRESS%%", "m", "KUMA_MESH"],
        ],
      },
    );
  });
});
