import { defaultTarget, type Severity, type Target, target } from "@meshlog/parser";

/** What a client sets in the section `meshlog`, and in its initialization options. */
export interface Settings {
  /** Releases of Kuma, as `--kuma` takes them. */
  readonly kuma?: string;
  /** Releases of Envoy that formats are judged by, as `--envoy` takes them. */
  readonly envoy?: string;
  /** Another severity for a lint, by its code, or none. */
  readonly lints?: Readonly<Record<string, Severity | "off">>;
  /** What a control plane knows beyond its resources. */
  readonly controlPlane?: { readonly zone?: string };
  /** Shows beside each of Kuma's operators what it may become. */
  readonly inlayHints?: boolean;
}

/** What settings say: a target that is always there, and what is wrong with them, for people. */
export interface AppliedSettings {
  readonly target: Target;
  readonly lints: ReadonlyMap<string, Severity | "off">;
  readonly zone?: string;
  readonly inlayHints: boolean;
  readonly problem?: string;
}

/**
 * Applies settings as they come from a client, whatever they are. Policies always are some Kuma's: without `kuma` it is
 * the newest.
 */
export function applySettings(value: unknown): AppliedSettings {
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

  const severities = new Map<string, Severity | "off">();
  for (const [code, severity] of Object.entries(lints)) {
    if (isSeverity(severity)) severities.set(code, severity);
    else problems.push(`The setting "lints" must have "error", "warning", "info" or "off" for "${code}".`);
  }
  const found = readTarget(kuma, envoy);
  if (found.problem !== undefined) problems.push(found.problem);
  const zone = controlPlane?.["zone"];
  return {
    target: found.target,
    lints: severities,
    ...(isText(zone) && { zone }),
    inlayHints,
    ...(problems.length > 0 && { problem: problems.join(" ") }),
  };
}

function readTarget(kuma: string | undefined, envoy: string | undefined): Pick<AppliedSettings, "target" | "problem"> {
  if (kuma === undefined && envoy === undefined) return { target: defaultTarget };
  const newest = defaultTarget.members.at(-1)?.name ?? "";
  const found = target({ kuma: kuma ?? newest, ...(envoy === undefined ? {} : { envoy }) });
  if (found.value !== undefined) return { target: found.value };
  return { target: defaultTarget, problem: found.diagnostics.map(({ message }) => message).join(" ") };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

const isText = (value: unknown): value is string => typeof value === "string";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSeverity = (value: unknown): value is Severity | "off" =>
  value === "error" || value === "warning" || value === "info" || value === "off";
