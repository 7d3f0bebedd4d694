/** Kuma's pattern of a name of OpenTelemetry. */
export const attributeNamePattern = "^[a-z]([a-z0-9]|[._][a-z0-9])*$";

/**
 * Whether a text matches {@link attributeNamePattern}: lower case, digits, and single dots and underscores between them.
 * The pattern as it stands repeats a group, which would use up the stack on a long text.
 */
export function isAttributeName(text: string): boolean {
  return /^[a-z][a-z0-9._]*$/.test(text) && !/[._]{2}|[._]$/.test(text);
}
