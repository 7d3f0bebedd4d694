/** The shells that there is completion for. */
export const shells = ["bash", "zsh", "fish"] as const;

/** A shell that there is completion for. */
export type Shell = (typeof shells)[number];
