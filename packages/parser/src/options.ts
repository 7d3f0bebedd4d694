/** How a format is going to be used, as far as it matters for what is right and what is odd in it. */
export interface CheckOptions {
  /** The kind of traffic that is logged: operators that have no value there are noted. */
  readonly protocol?: "http" | "tcp";
  /** The formatter extensions that the configuration adds. Kuma never adds any. */
  readonly formatters?: readonly string[];
  /**
   * Whether Kuma's operators are replaced first, all that the newest Kuma knows, whatever the members of the target.
   * By default they are replaced as each member's Kuma does it; members without Kuma replace none.
   */
  readonly kuma?: boolean;
  /** What Kuma puts in the place of its operators, by name; `kuma-value` for each that is not there. */
  readonly kumaValues?: Readonly<Record<string, string>>;
}

/** How a JSON format is going to be used. */
export interface JsonCheckOptions extends CheckOptions {
  /** Whether `omit_empty_values` is set. */
  readonly omitEmptyValues?: boolean;
}
