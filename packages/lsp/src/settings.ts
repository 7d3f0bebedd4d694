import {
  type Configuration,
  type ControlPlane,
  type LintLevel,
  type LintLevels,
  policyRequest,
  readControlPlane,
} from "@meshlog/compiler";
import { defaultTarget, type Target, target } from "@meshlog/parser";

/** What a client sets in the section `meshlog`, and in its initialization options. */
export interface Settings {
  /** Releases of Kuma, as `--kuma` takes them. */
  readonly kuma?: string;
  /** Releases of Envoy that formats are judged by, as `--envoy` takes them. */
  readonly envoy?: string;
  /** Another severity for a lint or a warning, by its code, or none. */
  readonly lints?: LintLevels;
  /** What a control plane knows beyond its resources. */
  readonly controlPlane?: ControlPlane;
  /** Shows beside each of Kuma's operators what it may become. */
  readonly inlayHints?: boolean;
}

/** What settings say, with a configuration behind them: a target that is always there, and what is wrong, for people. */
export interface AppliedSettings {
  readonly target: Target;
  readonly lints: LintLevels;
  readonly controlPlane: ControlPlane;
  readonly inlayHints: boolean;
  readonly problem?: string;
}

/**
 * Applies settings as they come from a client, whatever they are. Policies always are some Kuma's: without `kuma` it is
 * the newest.
 *
 * @param configuration counts for what the settings do not say, as behind the options of the command line.
 */
export function applySettings(value: unknown, configuration: Configuration = {}): AppliedSettings {
  const problems: string[] = [];
  const given = fieldsOf(value);
  const read = <T>(name: keyof Settings, what: string, is: (field: unknown) => field is T): T | undefined => {
    const field = given[name];
    if (field === undefined || field === null || field === "") return undefined;
    if (is(field)) return field;
    problems.push(`The setting "${name}" must be ${what}.`);
    return undefined;
  };
  const kuma = read("kuma", 'a text such as "2.14" or "2.11..2.13"', isText);
  const envoy = read("envoy", 'a text such as "1.38" or "1.30..1.38"', isText);
  const lints = read("lints", "an object", isObject) ?? {};
  const controlPlane = read("controlPlane", "an object", isObject);
  const inlayHints = read("inlayHints", "true or false", (field) => typeof field === "boolean") ?? false;

  const levels: [string, LintLevel][] = [];
  for (const [code, level] of Object.entries(lints)) {
    if (isLevel(level)) levels.push([code, level]);
    else problems.push(`The setting "lints" must have "error", "warning", "info", "on" or "off" for "${code}".`);
  }
  const options = { ...(kuma !== undefined && { kuma }), ...(envoy !== undefined && { envoy }) };
  const asked = target(policyRequest(options, configuration));
  problems.push(...asked.diagnostics.map(({ message }) => message));
  const known = readPlane(controlPlane);
  if (known.problem !== undefined) problems.push(known.problem);
  return {
    target: asked.value ?? defaultTarget,
    lints: Object.fromEntries(levels),
    controlPlane: known.controlPlane ?? configuration.controlPlane ?? {},
    inlayHints,
    ...(problems.length > 0 && { problem: problems.join(" ") }),
  };
}

/** What a client says of the control plane, read as the file that `--control-plane` names. */
function readPlane(given: unknown): { readonly controlPlane?: ControlPlane; readonly problem?: string } {
  if (given === undefined || !isObject(given) || Object.keys(given).length === 0) return {};
  const { value, diagnostics } = readControlPlane({ path: "", content: JSON.stringify(given) });
  const [first] = diagnostics;
  if (first !== undefined) return { problem: `The setting "controlPlane" is wrong: ${first.message}` };
  return value === undefined ? {} : { controlPlane: value };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

const isText = (value: unknown): value is string => typeof value === "string";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const levelWords: ReadonlySet<unknown> = new Set(["error", "warning", "info", "on", "off"] satisfies LintLevel[]);

const isLevel = (value: unknown): value is LintLevel => levelWords.has(value);
