/** The shapes of policies that `meshlog schema` can be for. */
export const schemaShapes = ["universal", "kubernetes", "both"] as const;

/** The shape of the policies that a schema is for. */
export type SchemaShape = (typeof schemaShapes)[number];
