import type { FilePart } from "../../check-parts.ts";
import { placeSize, type SharedParts } from "./check-task.ts";

/**
 * Puts parts of files where several threads can read them.
 *
 * @param portionSize how many UTF-16 units of text a thread takes at once.
 */
export function shareParts(parts: readonly FilePart[], tcp: ReadonlySet<string>, portionSize: number): SharedParts {
  const files = [...new Set(parts.map(({ file }) => file))];
  const indices = new Map(files.map((file, i) => [file, i]));
  const portions: number[] = [];
  const texts = parts.map(({ file, start, end }) => file.text.slice(start, end));
  const starts = new Float64Array(new SharedArrayBuffer((parts.length + 1) * Float64Array.BYTES_PER_ELEMENT));
  const places = new Uint32Array(new SharedArrayBuffer(placeSize * parts.length * Uint32Array.BYTES_PER_ELEMENT));
  let [units, bytes, full] = [0, 0, 0];
  for (const [i, { file, index, start, end }] of parts.entries()) {
    if (units >= full) {
      portions.push(i);
      full = units + portionSize;
    }
    units += end - start;
    bytes += Buffer.byteLength(texts[i] ?? "");
    starts[i + 1] = bytes;
    places.set([indices.get(file) ?? 0, index, end - start], placeSize * i);
  }
  const memory = new SharedArrayBuffer(bytes);
  const written = Buffer.from(memory);
  for (const [i, text] of texts.entries()) written.write(text, starts[i] ?? 0);
  return {
    texts: new Uint8Array(memory),
    starts,
    places,
    portions: Uint32Array.from([...portions, parts.length]),
    next: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
    files: files.map(({ path }) => path),
    tcp,
  };
}
