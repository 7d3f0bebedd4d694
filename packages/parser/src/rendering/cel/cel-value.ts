/** A value of CEL. */
export type CelValue =
  /** What an expression that fails yields: an absent attribute, wrong types, a division by zero. */
  | { readonly type: "error" }
  | { readonly type: "null" }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "int" | "uint"; readonly value: bigint }
  | { readonly type: "double"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "duration"; readonly nanoseconds: bigint }
  | { readonly type: "timestamp"; readonly nanoseconds: bigint }
  | { readonly type: "list"; readonly items: readonly CelValue[] }
  | { readonly type: "map"; readonly entries: readonly (readonly [CelValue, CelValue])[] }
  /** Something that facts tell the members of, one at a time. */
  | { readonly type: "told"; member(name: string): CelValue };

export const failed: CelValue = { type: "error" };

export function celBool(value: boolean): CelValue {
  return { type: "bool", value };
}

export function celString(value: string): CelValue {
  return { type: "string", value };
}

/** An integer; what 64 bits cannot hold has overflowed, which fails. */
export function celInteger(type: "int" | "uint", value: bigint): CelValue {
  const fits = type === "int" ? BigInt.asIntN(64, value) === value : BigInt.asUintN(64, value) === value;
  return fits ? { type, value } : failed;
}
