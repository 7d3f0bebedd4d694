import type { CompiledHeader, CompiledProxy } from "../../../emit/compiled.ts";
import type { Verification, VerifiedListener } from "../../../verify/verify.ts";

/** What there is to say of a live proxy. */
export interface VerificationReport extends Verification {
  readonly header: CompiledHeader;
  readonly proxy: CompiledProxy;
}

/** Whether the live proxy logs otherwise than the bundle says. */
export function isDifferent({ proxy, listeners, clusters }: VerificationReport): boolean {
  return proxy.error !== undefined || clusters.length > 0 || listeners.some(({ status }) => status === "different");
}

/** How many listeners there are of each status. */
export function countByStatus({ listeners }: VerificationReport): Readonly<Record<VerifiedListener["status"], number>> {
  const count = (wanted: VerifiedListener["status"]): number =>
    listeners.filter(({ status }) => status === wanted).length;
  return { equal: count("equal"), different: count("different"), unknown: count("unknown") };
}
