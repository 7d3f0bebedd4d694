/**
 * How Envoy died, if its log says that it caught a fatal signal: `CRASH: Caught Segmentation fault`, the form of the
 * recorded verdicts.
 */
export function crashOf(log: string): string | undefined {
  const caught = /Caught ([A-Z][a-z]+(?: [a-z]+)*), suspect/.exec(log)?.[1];
  return caught === undefined ? undefined : `CRASH: Caught ${caught}`;
}
