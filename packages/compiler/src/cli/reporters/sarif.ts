import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Severity, Span } from "@meshlog/parser";
import type { ArtifactLocation, Location, Log, Region, ReportingDescriptor, Result } from "sarif";
import type { Diagnostic } from "../../diagnostics.ts";
import { pageUrl } from "../../explain/page-url.ts";
import { isCode, messageOf, rowOf } from "../../explain/table.ts";
import { meshlogVersion } from "./documentation.ts";
import { placesIn } from "./places.ts";
import { quotedMessage } from "./quoted-message.ts";
import type { Reporter } from "./report.ts";

/** SARIF 2.1.0, which code scanning of GitHub and many viewers read. Columns are in UTF-16 units. */
export const sarifReporter: Reporter = function* (report, { site }) {
  const codes = [...new Set(report.diagnostics.map(({ code }) => code))].sort();
  const rules = new Map(codes.map((code, index) => [code, index]));
  const regionOf = regionsIn(placesIn(report));
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "meshlog",
            version: meshlogVersion,
            ...(site === undefined ? {} : { informationUri: site }),
            rules: codes.map((code) => rule(code, site)),
          },
        },
        columnKind: "utf16CodeUnits",
        results: report.diagnostics.map((diagnostic) => ({
          ...result(diagnostic, regionOf),
          ruleIndex: rules.get(diagnostic.code) ?? -1,
          message: { text: quotedMessage(diagnostic, report.target) },
        })),
      },
    ],
  };
  yield `${JSON.stringify(log, null, 2)}\n`;
};

type RegionOf = (file: string, span: Span) => Region;

function regionsIn(placeOf: ReturnType<typeof placesIn>): RegionOf {
  return (file, span) => {
    const { start, end } = placeOf(file, span);
    return {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
      charOffset: span.start,
      charLength: Math.max(0, span.end - span.start),
    };
  };
}

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

function rule(code: string, site: string | undefined): ReportingDescriptor {
  if (!isCode(code)) return { id: code };
  const { help, severity } = rowOf(code);
  return {
    id: code,
    shortDescription: { text: messageOf(code) },
    fullDescription: { text: help },
    help: { text: help, markdown: help },
    ...(site === undefined ? {} : { helpUri: pageUrl(code, site) }),
    defaultConfiguration: { level: levels[severity] },
  };
}

function result(diagnostic: Diagnostic, regionOf: RegionOf): Omit<Result, "message"> {
  const { code, severity, file, resource, path, related = [], fixes = [], affects } = diagnostic;
  const artifactLocation = artifact(file);
  const locationOf = (span: Span): Location => ({
    physicalLocation: { artifactLocation, region: regionOf(file, span) },
  });
  const name = resource === undefined ? undefined : `${resource.kind}/${resource.mesh}/${resource.name}`;
  return {
    ruleId: code,
    level: levels[severity],
    locations: [
      {
        ...locationOf(diagnostic),
        ...(name === undefined
          ? {}
          : { logicalLocations: [{ fullyQualifiedName: path === undefined ? name : `${name}:${path}` }] }),
      },
    ],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((other) => ({ ...locationOf(other), message: { text: other.message } })) }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: [
              {
                artifactLocation,
                replacements: edits.map((edit) => ({
                  deletedRegion: regionOf(file, edit),
                  insertedContent: { text: edit.text },
                })),
              },
            ],
          })),
        }),
    properties: { affects: [...affects] },
  };
}

/** A path as the address of a file; one below the working directory is relative to the root of the sources. */
function artifact(file: string): ArtifactLocation {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  // A colon in the first segment would make it a scheme.
  const uri = file.toWellFormed().split("/").map(encodeURIComponent).join("/");
  return { uri, uriBaseId: "%SRCROOT%" };
}
