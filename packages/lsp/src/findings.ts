import { type Diagnostic, load, nameOf, repeatedResources, type Resource, sayRepeated } from "@meshlog/compiler";
import type { Target } from "@meshlog/parser";
import type { PolicyDocument } from "./document.ts";

/** A diagnostic of a file; its offsets, and those of its fixes, are counted from `start`. */
export interface Finding {
  readonly start: number;
  readonly diagnostic: Diagnostic;
}

/** What `meshlog check` would say of a file, found section by section. */
export function findings(document: PolicyDocument, target: Target): readonly Finding[] {
  return [...findingsBySection(document, target)].flat();
}

/** The same, one section at a time, so that the caller can stop between two. */
export function* findingsBySection(document: PolicyDocument, target: Target): Generator<readonly Finding[]> {
  const { uri, sections } = document;
  if (!sections.some(({ section }) => section.isKumas)) return;
  if (!document.isText) {
    yield load([{ path: uri, content: document.text }]).diagnostics.map((diagnostic) => ({ start: 0, diagnostic }));
    return;
  }
  let templated = false;
  for (const { start, section } of sections) {
    const found: Finding[] = [];
    for (const diagnostic of section.diagnostics(target)) {
      // A file is one template, whatever it has documents.
      const isTemplate = diagnostic.code === "io/template";
      if (!isTemplate || !templated) found.push({ start, diagnostic });
      templated ||= isTemplate;
    }
    yield found;
  }
  yield repetitions(document);
}

function repetitions(document: PolicyDocument): readonly Finding[] {
  const all = document.sections.flatMap((placed) => placed.section.keys().map((key, i) => ({ placed, key, i })));
  const resourceOf = ({ placed, i }: (typeof all)[number]): Resource | undefined => placed.section.resources()[i];
  return repeatedResources(all, ({ key }) => key).flatMap(([again, first]) => {
    const [resource, original] = [resourceOf(again), resourceOf(first)];
    if (resource === undefined || original === undefined) return [];
    const { line } = document.rangeOf(nameOf(original), first.placed.start).start;
    return [{ start: again.placed.start, diagnostic: sayRepeated(resource, `${original.file}:${line + 1}`) }];
  });
}
