/** An Envoy bootstrap as a plain object in protobuf JSON. */
export type BootstrapJson = Readonly<Record<string, unknown>>;
