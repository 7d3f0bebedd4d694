/** The lines of Kuma whose policies meshlog validates and compiles. */
export const policyLines: readonly string[] = ["2.14"];
