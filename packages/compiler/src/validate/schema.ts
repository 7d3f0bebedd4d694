/** The part of OpenAPI's schema language that Kuma's policies are described in, and what Go makes of it. */
export interface Schema {
  readonly type?: "object" | "array" | "string" | "boolean";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: "date-time";
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  /** Filled in where the field is absent, or `null`, if Kuma fills in defaults. */
  readonly default?: string | boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  /** The name of the Go type that a value is decoded into. */
  readonly go?: string;
  /** Whether Go's field is no pointer: absent, it reads as an empty value of its type. */
  readonly isValue?: boolean;
}

/** A schema as it judges a document in which its defaults are filled in: null is absent where there is one. */
export function withDefaults(schema: Schema): Schema {
  const { properties, items, additionalProperties, default: filledIn } = schema;
  return {
    ...schema,
    ...(filledIn !== undefined && { nullable: true }),
    ...(properties && { properties: mapValues(properties, withDefaults) }),
    ...(items && { items: withDefaults(items) }),
    ...(additionalProperties && { additionalProperties: withDefaults(additionalProperties) }),
  };
}

function mapValues<V>(object: Readonly<Record<string, V>>, change: (value: V) => V): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
