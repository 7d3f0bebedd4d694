import { type Diagnostic, load, nameOf, repeatedResources, type Resource, sayRepeated } from "@meshlog/compiler";
import type { Target } from "@meshlog/parser";
import type { PolicyDocument } from "./document.ts";
import type { PlacedSection } from "./sections.ts";

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
  const { uri, text, sections } = document;
  if (!sections.some(({ section }) => section.isKumas)) return;
  if (text.includes("\0")) {
    yield load([{ path: uri, content: text }]).diagnostics.map((diagnostic) => ({ start: 0, diagnostic }));
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

interface PlacedResource {
  readonly placed: PlacedSection;
  readonly resource: Resource;
}

function repetitions(document: PolicyDocument): readonly Finding[] {
  const all = document.sections.flatMap((placed): readonly PlacedResource[] =>
    placed.section.resources().map((resource) => ({ placed, resource })),
  );
  return repeatedResources(all, ({ resource }) => resource).map(([again, first]) => {
    const { line } = document.rangeOf(nameOf(first.resource), first.placed.start).start;
    const diagnostic = sayRepeated(again.resource, `${first.resource.file}:${line + 1}`);
    return { start: again.placed.start, diagnostic };
  });
}
