/** The fields of Envoy's messages whose content is the user's own: a Struct, or a map to one. */
const free: ReadonlySet<string> = new Set(["jsonFormat", "filterMetadata", "typedFilterMetadata"]);

/**
 * A message in canonical protobuf JSON. Envoy writes the fields of its configuration dump as the proto files name them
 * (`access_log`), Kuma's control plane as protobuf JSON does by default (`accessLog`); both read the same afterwards.
 */
export function camelCased(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(camelCased);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = camel(key);
      return [name, free.has(name) ? (inner as unknown) : camelCased(inner)];
    }),
  );
}

/** An object with its own keys in protobuf JSON; what is in them stays as it is. */
export function camelKeys(value: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), inner as unknown]));
}

/** A name of a field; what is no name, such as the key of a map, stays as it is. */
function camel(key: string): string {
  return /^[a-z][a-z0-9_]*$/.test(key) ? key.replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase()) : key;
}
