import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { affectedReleases } from "./affected-releases.ts";

/** The message of a finding, with what Envoy or the control plane would print, and in which releases. */
export function quotedMessage(diagnostic: Diagnostic, target: Target): string {
  const { message, envoy, controlPlane } = diagnostic;
  const releases = affectedReleases(diagnostic, target);
  return [
    message,
    ...(envoy === undefined ? [] : [`Envoy: ${envoy.message}`]),
    ...(controlPlane === undefined ? [] : [`Kuma: ${controlPlane.message}`]),
    ...(releases === undefined ? [] : [`In: ${releases}`]),
  ].join("\n");
}
