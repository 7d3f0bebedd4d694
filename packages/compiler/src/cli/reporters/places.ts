import type { Span } from "@meshlog/parser";
import { indexLines, type LineIndex, type Position, positionAt } from "../../source/positions.ts";
import type { Report } from "./report.ts";

/** Where a span begins and ends; lines and columns from 1, columns in UTF-16 units. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Finds the places of spans in the files of a report; those of a file that is not there are in its first line. */
export function placesIn({ files }: Pick<Report, "files">): (file: string, span: Span) => Range {
  const lines = new Map<string, LineIndex>(files.map(({ path, text }) => [path, indexLines(text)]));
  return (file, { start, end }) => {
    const index = lines.get(file) ?? [0];
    return { start: positionAt(index, start), end: positionAt(index, Math.max(start, end)) };
  };
}
