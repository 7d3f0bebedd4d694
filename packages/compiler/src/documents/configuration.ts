import { type Result, type Severity, target, type TargetRequest } from "@meshlog/parser";
import { codes, isAdvice, rowOf } from "../explain/table.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import type { SourceFile } from "../source/source-file.ts";
import { controlPlaneShape } from "./control-plane.ts";
import { readDocument } from "./read-document.ts";
import { type ReportFormat, reportFormats } from "./report-formats.ts";
import {
  boolean,
  formatVersion,
  listOf,
  object,
  oneOf,
  type Shape,
  text,
  textThat,
  wholeNumber,
  wordOf,
} from "./shape.ts";

/** What is made of a lint: reported as it is by itself, as something else, or not at all. */
export type LintLevel = Severity | "on" | "off";

/** Levels of lints and of other warnings, by code. */
export type LintLevels = Readonly<Record<string, LintLevel>>;

/** What the file of a configuration is called. */
export const configurationName = "meshlog.config.yaml";

/** The document `meshlog.config.yaml`. Options of the command line win. */
export interface Configuration {
  readonly kuma?: string;
  readonly envoy?: string;
  readonly allPatches?: boolean;
  readonly controlPlane?: ControlPlane;
  readonly lints?: LintLevels;
  /** Other levels for some files; of several that hold a file the last one counts. */
  readonly overrides?: readonly LintOverride[];
  /** Globs of files that are not read, from the folder of the configuration. */
  readonly ignore?: readonly string[];
  readonly maxWarnings?: number;
  readonly format?: ReportFormat;
}

/** Levels for the files that globs hold, from the folder of the configuration. */
export interface LintOverride {
  readonly files: readonly string[];
  readonly lints: LintLevels;
}

const level = wordOf("on", "off", "info", "warning", "error");

const lintLevels: Shape<LintLevels> = object(
  Object.fromEntries(codes.filter(isAdvice).map((code) => [code, { shape: level, about: rowOf(code).help }])),
);

/** A range of releases that there are, in the words of the option of that name. */
const range = (program: "kuma" | "envoy"): Shape<string> =>
  textThat((written) => {
    const request: TargetRequest = { [program]: written };
    return target(request).diagnostics[0]?.message.replace(/\.$/, "");
  });

const override: Shape<LintOverride> = object(
  {
    files: { shape: listOf(text), about: "Globs, from the folder of the configuration." },
    lints: { shape: lintLevels, about: "Levels for these files." },
  },
  ["files", "lints"],
);

/** The document `meshlog.config.yaml`. */
export const configurationShape: Shape<Configuration & { readonly meshlog?: 1 }> = object({
  meshlog: { shape: formatVersion, about: "The version of this format: 1." },
  kuma: { shape: range("kuma"), about: "Releases of Kuma, as `--kuma` takes them: `2.14`, `2.9.6..2.13`." },
  envoy: { shape: range("envoy"), about: "Releases of Envoy that judge formats instead of those that Kuma ships." },
  allPatches: { shape: boolean, about: "Whether a range means every patch, not only the newest of each line." },
  controlPlane: { shape: controlPlaneShape, about: "What the control plane knows beyond its resources." },
  lints: { shape: lintLevels, about: "Levels of lints and other warnings, by code." },
  overrides: { shape: listOf(override), about: "Other levels for some files; the last one that holds a file counts." },
  ignore: { shape: listOf(text), about: "Globs of files that are not read, from the folder of the configuration." },
  maxWarnings: { shape: wholeNumber, about: "How many warnings there may be before `check` fails." },
  format: { shape: oneOf(...reportFormats), about: "The format of the report." },
});

/** Reads a configuration. */
export function readConfiguration(source: SourceFile): Result<Configuration | undefined, Diagnostic> {
  const { value, diagnostics } = readDocument(source, configurationShape, "configuration");
  return { value: value ?? (diagnostics.length > 0 ? undefined : {}), diagnostics };
}
