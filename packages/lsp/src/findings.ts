import {
  atLevel,
  type ControlPlane,
  type Diagnostic,
  type LintLevels,
  load,
  nameOf,
  repeatedResources,
  type Resource,
  sayRepeated,
  type Surroundings,
} from "@meshlog/compiler";
import type { Span, Target } from "@meshlog/parser";
import type { PolicyDocument } from "./document.ts";
import { heard } from "./suppressions.ts";
import type { Bundle } from "./workspace/bundles.ts";

/** A diagnostic of a file; its offsets, and those of its fixes, are counted from `start`. */
export interface Finding {
  readonly start: number;
  readonly diagnostic: Diagnostic;
  /** Places elsewhere that it is about too. */
  readonly elsewhere?: readonly Elsewhere[];
}

/** A place of any file. */
export interface Elsewhere {
  readonly document: PolicyDocument;
  /** Counted from the start of the file. */
  readonly span: Span;
  readonly message: string;
}

/** What a file is judged by. */
export interface Judging {
  readonly target: Target;
  readonly controlPlane: ControlPlane;
  /** The levels of lints in this file. */
  readonly levels: LintLevels;
  /** The store that the file is a part of. */
  readonly bundle: Bundle;
  readonly surroundings: (bundle: Bundle) => Surroundings;
  /** Whether resources of a bundle have the same name. */
  readonly hasRepetitions: (bundle: Bundle) => boolean;
  /** What they were, and most probably still are. */
  readonly expected: Surroundings;
}

/** What `meshlog check` would say of a file of a bundle, found section by section. */
export function findings(document: PolicyDocument, judging: Judging): readonly Finding[] {
  return [...findingsBySection(document, judging)].flat();
}

/** The same, a piece at a time, so that the caller can stop between two. */
export function* findingsBySection(document: PolicyDocument, judging: Judging): Generator<readonly Finding[]> {
  const { levels } = judging;
  for (const found of heard(document, allFindings(document, judging))) {
    yield found.flatMap((finding) => {
      const diagnostic = atLevel(finding.diagnostic, levels);
      if (diagnostic === finding.diagnostic) return finding;
      return diagnostic === undefined ? [] : { ...finding, diagnostic };
    });
  }
}

/** What there is in each section, whatever comments and levels silence. What is yielded first may be no section's. */
function* allFindings(document: PolicyDocument, judging: Judging): Generator<readonly Finding[]> {
  const { uri, sections, isKumas } = document;
  const { target, controlPlane, bundle } = judging;
  if (!isKumas && !document.mayHoldSuppressions) return;
  if (!document.isText) {
    yield load([{ path: uri, content: document.text }]).diagnostics.map((diagnostic) => ({ start: 0, diagnostic }));
    return;
  }
  const surroundings = judging.surroundings(bundle);
  const repeated = judging.hasRepetitions(bundle) ? repetitions(document, bundle) : undefined;
  let templated = false;
  for (const { start, section } of sections) {
    const found: Finding[] = [];
    for (const diagnostic of section.diagnostics(target, controlPlane, surroundings)) {
      // A file is one template, whatever it has documents.
      const isTemplate = diagnostic.code === "io/template";
      if (!isTemplate || !templated) found.push({ start, diagnostic });
      templated ||= isTemplate;
    }
    yield found.concat(repeated?.get(start) ?? []);
  }
}

/** Reads what is judged together with a file, a section at a time: judging it needs all of that. */
export function* readBundle(
  document: PolicyDocument,
  { target, controlPlane, bundle, expected }: Judging,
): Generator<readonly never[]> {
  for (const one of bundle.documents) {
    for (const { section } of one.sections) {
      if (one === document) section.prepare(target, controlPlane, expected.protocols);
      else section.keys();
      yield [];
    }
  }
}

/** The resources of a file that repeat another of the bundle, by the start of their sections. */
function repetitions(document: PolicyDocument, { documents }: Bundle): ReadonlyMap<number, readonly Finding[]> {
  const all = documents.flatMap((one) =>
    [...one.sections].flatMap((placed) => placed.section.keys().map((key, i) => ({ document: one, placed, key, i }))),
  );
  const resourceOf = ({ placed, i }: (typeof all)[number]): Resource | undefined => placed.section.resources()[i];
  const found = repeatedResources(all, ({ key }) => key).flatMap(([again, first]): readonly Finding[] => {
    if (again.document !== document) return [];
    const [resource, original] = [resourceOf(again), resourceOf(first)];
    if (resource === undefined || original === undefined) return [];
    const name = nameOf(original);
    const base = first.placed.start;
    const { line } = first.document.rangeOf(name, base).start;
    const span = { start: base + name.start, end: base + name.end };
    const elsewhere = [{ document: first.document, span, message: "This one counts." }];
    return [
      { start: again.placed.start, diagnostic: sayRepeated(resource, `${original.file}:${line + 1}`), elsewhere },
    ];
  });
  return Map.groupBy(found, ({ start }) => start);
}
