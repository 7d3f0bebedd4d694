import { trimEnd } from "@meshlog/parser";

/** The address of a diagnostic's page. */
export function pageUrl(code: string, site: string): string {
  return `${trimEnd(site, "/")}/diagnostics/${code}`;
}
