/** The formats of a report. */
export const reportFormats = ["pretty", "compact", "json", "github", "sarif", "junit", "gitlab"] as const;

/** A format of a report. */
export type ReportFormat = (typeof reportFormats)[number];
