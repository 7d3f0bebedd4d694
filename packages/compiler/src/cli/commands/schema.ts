import type { DocumentKind } from "../../documents/document-kinds.ts";
import { policySchema } from "../../documents/policy-schema.ts";
import type { SchemaShape } from "../../documents/schema-shapes.ts";
import { documentSchema } from "../../documents/schemas.ts";
import { exitCode } from "../exit-code.ts";
import { type ConfigurationOptions, readSettings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { policyTarget, type TargetOptions } from "../targets.ts";

/** The options of `meshlog schema`. */
export interface SchemaOptions extends Pick<TargetOptions, "kuma" | "allPatches">, ConfigurationOptions {
  readonly kind: DocumentKind | "MeshAccessLog";
  readonly shape: SchemaShape;
}

/** `meshlog schema`: prints the JSON Schema of a document; that of policies is for releases of Kuma. */
export function runSchema(options: SchemaOptions, streams: Streams): number {
  const { kind, shape } = options;
  streams.out(
    `${JSON.stringify(kind === "MeshAccessLog" ? ofPolicies(options, shape) : documentSchema(kind), null, 2)}\n`,
  );
  return exitCode.clean;
}

function ofPolicies(options: SchemaOptions, shape: SchemaShape): object {
  const { configuration } = readSettings(options);
  const { members } = policyTarget(options, configuration);
  return policySchema(
    members.flatMap(({ kuma }) => kuma ?? []),
    shape,
  );
}
