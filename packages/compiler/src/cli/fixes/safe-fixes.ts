import type { Fix, TextEdit } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { isCode, rowOf } from "../../explain/table.ts";

/** A finding with the fix that mends it unseen. */
export interface SafeFix {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
}

/** A text that fixes were applied to. */
export interface Mended {
  readonly text: string;
  readonly applied: readonly SafeFix[];
}

/** The first fix of each finding whose fixes are safe. */
export function safeFixes(diagnostics: readonly Diagnostic[]): readonly SafeFix[] {
  return diagnostics.flatMap((diagnostic) => {
    const [fix] = diagnostic.fixes ?? [];
    const isSafe = isCode(diagnostic.code) && rowOf(diagnostic.code).hasSafeFix === true;
    return isSafe && fix !== undefined ? [{ diagnostic, fix }] : [];
  });
}

/**
 * Applies fixes to the text that they are for. Of fixes that meet, the one that begins first is applied; the other waits
 * for the next round.
 */
export function applyFixes(text: string, fixes: readonly SafeFix[]): Mended {
  const applied: SafeFix[] = [];
  const edits: TextEdit[] = [];
  const inOrder = fixes
    .map((one) => ({ one, edits: one.fix.edits.toSorted((a, b) => a.start - b.start || a.end - b.end) }))
    .sort((a, b) => startOf(a.edits) - startOf(b.edits));
  let end = -1;
  for (const { one, edits: own } of inOrder) {
    if (own.length === 0 || startOf(own) <= end || meet(own)) continue;
    applied.push(one);
    edits.push(...own);
    end = own.at(-1)?.end ?? end;
  }
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return { text: pieces.join("") + text.slice(at), applied };
}

const startOf = (edits: readonly TextEdit[]): number => edits[0]?.start ?? 0;

/** Whether edits, in their order, meet each other. */
function meet(edits: readonly TextEdit[]): boolean {
  return edits.some(({ start }, i) => i > 0 && start < (edits[i - 1]?.end ?? 0));
}
