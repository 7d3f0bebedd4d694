/** The lines of a stream of bytes, without their ends; nothing after the last end is no line. */
export async function* readLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  for await (const chunk of input) {
    const pieces = decoder.decode(chunk, { stream: true }).split("\n");
    for (const piece of pieces.slice(0, -1)) {
      const line = [...rest, piece].join("");
      rest = [];
      yield line;
    }
    rest.push(pieces.at(-1) ?? "");
  }
  const last = rest.join("") + decoder.decode();
  if (last !== "") yield last;
}
