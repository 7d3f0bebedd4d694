import { countByStatus, type VerificationReport } from "./report.ts";

/** The document that other programs read. */
export function verificationJson(report: VerificationReport): string {
  const { header, proxy, listeners, clusters } = report;
  const { mesh, name, error } = proxy;
  const document = {
    ...header,
    mesh,
    name,
    ...(error === undefined ? {} : { error }),
    listeners,
    clusters,
    summary: countByStatus(report),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
