import type { Diagnostic } from "../../diagnostics.ts";

/** The message of a finding, with what Envoy or the control plane would print. */
export function quotedMessage({ message, envoy, controlPlane }: Diagnostic): string {
  return [
    message,
    ...(envoy === undefined ? [] : [`Envoy: ${envoy.message}`]),
    ...(controlPlane === undefined ? [] : [`Kuma: ${controlPlane.message}`]),
  ].join("\n");
}
