/** The lines of Kuma that meshlog compiles for. It checks policies of every line. */
export const compiledLines: readonly string[] = ["2.14"];
