import type { KumaRelease } from "@meshlog/parser";
import { profile } from "../kuma/profile.ts";
import type { PolicyShape } from "../validate/json-schema.ts";

/** The format of a first policy: operators that every release has. */
const format = '[%START_TIME%] %KUMA_MESH% %KUMA_DESTINATION_SERVICE% "%REQ(:METHOD)%" %RESPONSE_CODE% %DURATION%';

/** A first policy for a release, without findings: all incoming traffic of the mesh `default`, to the standard output. */
export function starterPolicy(kuma: KumaRelease, shape: PolicyShape): Readonly<Record<string, unknown>> {
  const { itemLists, backendChecks, formatChecks, requiredTargetRefs } = profile(kuma);
  const plain = { ...(formatChecks === "by-type" && { type: "Plain" }), plain: format };
  const file = { path: "/dev/stdout", format: plain };
  const conf = { backends: [{ ...(backendChecks === "by-type" && { type: "File" }), file }] };
  const mesh = { targetRef: { kind: "Mesh" } };
  const items = itemLists.includes("rules") ? { rules: [{ default: conf }] } : { from: [{ ...mesh, default: conf }] };
  const spec = { ...(requiredTargetRefs !== "items" && mesh), ...items };
  const name = "access-logs";
  return shape === "universal"
    ? { type: "MeshAccessLog", mesh: "default", name, spec }
    : {
        apiVersion: "kuma.io/v1alpha1",
        kind: "MeshAccessLog",
        metadata: { name, namespace: "kuma-system", labels: { "kuma.io/mesh": "default" } },
        spec,
      };
}
