/** The documents of meshlog's own that have a schema, by the name that `meshlog schema --kind` has for them. */
export const documentKinds = ["config", "control-plane", "traffic"] as const;

/** A document that has a schema. */
export type DocumentKind = (typeof documentKinds)[number];
