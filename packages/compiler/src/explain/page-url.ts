/** The address of a diagnostic's page. */
export function pageUrl(code: string, site: string): string {
  return `${site.replace(/\/+$/, "")}/diagnostics/${code}`;
}
