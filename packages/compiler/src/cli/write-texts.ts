/** How many bytes are written at once. */
const chunkSize = 1 << 20;

/** A UTF-16 unit takes so many bytes of UTF-8 at most. */
const bytesOfUnit = 3;

/**
 * Writes texts one after the other as UTF-8, in large pieces. The next texts are made when there is room for them, so that
 * a slow reader does not fill the memory.
 *
 * @param write writes all bytes; they are others when it is done.
 */
export async function writeTexts(
  texts: AsyncIterable<readonly string[]>,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const chunk = Buffer.allocUnsafe(chunkSize);
  let used = 0;
  const flush = async (): Promise<void> => {
    if (used > 0) await write(chunk.subarray(0, used));
    used = 0;
  };
  for await (const some of texts) {
    for (const text of some) {
      const most = text.length * bytesOfUnit;
      if (most > chunkSize - used) await flush();
      if (most > chunkSize) await write(Buffer.from(text));
      else used += chunk.write(text, used);
    }
  }
  await flush();
}
