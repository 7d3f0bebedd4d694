/**
 * Whether a text is a name of OpenTelemetry's grammar, `^[a-z]([a-z0-9]|[._][a-z0-9])*$`: lower case, digits, and single
 * dots and underscores between them. The pattern as it stands would use up the stack on a long text.
 */
export function isAttributeName(text: string): boolean {
  return /^[a-z][a-z0-9._]*$/.test(text) && !/[._]{2}|[._]$/.test(text);
}
