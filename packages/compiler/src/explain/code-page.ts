import { envoyReleases, kumaReleases, type Severity } from "@meshlog/parser";
import { type Example, exampleOf } from "./examples.ts";
import { releaseRanges } from "./release-ranges.ts";
import { difference } from "./run-example.ts";
import { pageUrl } from "./page-url.ts";
import { type AnyCode, messageOf, rowOf } from "./table.ts";

/** What there is to say about a diagnostic: the document of `meshlog explain CODE --format json`. */
export interface CodePage {
  readonly meshlog: 1;
  readonly code: AnyCode;
  readonly severity: Severity;
  /** With the names of its parameters in braces. */
  readonly message: string;
  /** Why it is so and what to do about it (Markdown); empty where the message says it all. */
  readonly help: string;
  readonly example?: Example;
  /** Why there is no example. */
  readonly noExample?: string;
  /** The releases that have the finding in the example: `2.11 to 2.13`; left out where no release decides. */
  readonly holdsFor?: { readonly kuma?: string; readonly envoy?: string };
  /** Where the fact is from. */
  readonly source?: string;
  readonly url?: string;
}

/**
 * The page of a diagnostic. Its example is judged by every release, so the page says for which of them it holds.
 *
 * @param site where the documentation is, if it is anywhere.
 */
export function codePage(code: AnyCode, site?: string): CodePage {
  const { severity, help, source } = rowOf(code);
  const example = exampleOf(code);
  const holdsFor = "why" in example ? undefined : releasesOf(code, example);
  return {
    meshlog: 1,
    code,
    severity,
    message: messageOf(code),
    help,
    ...("why" in example ? { noExample: example.why } : { example }),
    ...(holdsFor === undefined ? {} : { holdsFor }),
    ...(source === undefined ? {} : { source }),
    ...(site === undefined ? {} : { url: pageUrl(code, site) }),
  };
}

function releasesOf(code: AnyCode, example: Example): CodePage["holdsFor"] {
  const names = difference(code, example);
  const kuma = releaseRanges(kumaReleases, names.kuma);
  const envoy = releaseRanges(
    envoyReleases.map(({ name, minor }) => ({ name, line: `1.${minor}` })),
    names.envoy,
  );
  if (kuma === "" && envoy === "") return undefined;
  return { ...(kuma === "" ? {} : { kuma }), ...(envoy === "" ? {} : { envoy }) };
}
