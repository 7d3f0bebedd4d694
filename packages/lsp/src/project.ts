import { type LintLevels, type ProxySelector, proxySelector } from "@meshlog/compiler";
import type { PolicyDocument } from "./document.ts";
import type { Judging } from "./findings.ts";
import { kumasOf } from "./releases.ts";
import { type AppliedSettings, applySettings } from "./settings.ts";
import { type Bundle, createBundles, type PlacedResource, placedOthers } from "./workspace/bundles.ts";
import { type Configurations, fromFolder } from "./workspace/configurations.ts";
import { plainUri } from "./workspace/uris.ts";
import type { Workspace } from "./workspace/workspace.ts";

/** What a project is made of. */
export interface ProjectParts {
  /** Every open document. */
  readonly open: () => Iterable<PolicyDocument>;
  /** The files that are not open, where there are files. */
  readonly workspace: Workspace | undefined;
  readonly configurations: Configurations;
}

/** Everything that a file is looked at with: other files, open or not, and what is configured. */
export interface Project {
  /** Takes the client's settings. */
  configure(settings: unknown): void;
  /** What is wrong with the client's settings, for people. */
  readonly problem: string | undefined;
  /** What holds for a file: the client's settings, and its configuration behind them. */
  settingsOf(uri: string): AppliedSettings;
  /** What a file is judged by; `undefined` if its configuration leaves it out. */
  judging(document: PolicyDocument): Judging | undefined;
  bundleOf(document: PolicyDocument): Bundle;
  /** Whether all files were read that are in bundles. */
  readonly isWhole: boolean;
  /** Folders or configurations have changed. */
  rearrange(): void;
  /** Tells which proxies the policies of a bundle select in the newest release of the target. */
  selectorOf(document: PolicyDocument, bundle: Bundle): ProxySelector;
  /** The resources of all files, what of them is still being written too. */
  resources(): Generator<PlacedResource>;
  /** What policies can refer to: the resources of all files but MeshAccessLogs. */
  others(): Generator<PlacedResource>;
}

export function createProject({ open, workspace, configurations }: ProjectParts): Project {
  let given: unknown;
  let own = applySettings(given);
  const applied = new Map<unknown, AppliedSettings>();
  const bundles = createBundles({
    documents: () => documents(workspace?.isWhole ?? false),
    folders: () => workspace?.folders ?? [],
    configured: (uri) => configurations.of(uri)?.folder,
    isIgnored,
  });
  const selectors = new Map<string, { readonly by: readonly unknown[]; readonly selector: ProxySelector }>();

  /** Open documents, and with them what was read of files that are not open. */
  function* documents(withFiles: boolean): Generator<PolicyDocument> {
    const opened = new Set<string>();
    for (const document of open()) {
      opened.add(plainUri(document.uri));
      yield document;
    }
    if (!withFiles || workspace === undefined) return;
    for (const document of workspace.documents()) if (!opened.has(plainUri(document.uri))) yield document;
  }

  function isIgnored(uri: string): boolean {
    const configuration = configurations.of(uri);
    return configuration?.isIgnored(fromFolder(uri, configuration)) ?? false;
  }

  function settingsOf(uri: string): AppliedSettings {
    const configuration = configurations.of(uri)?.configuration;
    const settings = applied.get(configuration) ?? applySettings(given, configuration);
    applied.set(configuration, settings);
    return settings;
  }

  function levelsOf(uri: string): LintLevels {
    const configuration = configurations.of(uri);
    return { ...configuration?.levelsOf(fromFolder(uri, configuration)), ...settingsOf(uri).lints };
  }

  return {
    configure(settings) {
      given = settings;
      own = applySettings(given);
      applied.clear();
    },
    get problem() {
      return own.problem;
    },
    settingsOf,
    judging(document) {
      const { uri } = document;
      if (isIgnored(uri)) return undefined;
      const { target, controlPlane } = settingsOf(uri);
      const bundle = bundles.of(document);
      return {
        target,
        controlPlane,
        levels: levelsOf(uri),
        bundle,
        surroundings: (all) => bundles.surroundings(all),
        hasRepetitions: (all) => bundles.hasRepetitions(all),
        expected: bundles.expected(bundle),
      };
    },
    bundleOf: (document) => bundles.of(document),
    get isWhole() {
      return workspace?.isWhole ?? true;
    },
    rearrange() {
      bundles.reset();
      applied.clear();
    },
    selectorOf({ uri }, bundle) {
      const { target, controlPlane } = settingsOf(uri);
      const [kuma] = kumasOf(target).slice(-1);
      // They stay the same as long as nothing but policies is edited.
      const by = [kuma, controlPlane, bundles.surroundings(bundle)];
      const known = selectors.get(bundle.folder);
      if (known?.by.every((one, i) => one === by[i]) === true) return known.selector;
      const resources = placedOthers(bundle.documents).map(({ resource }) => resource);
      const selector: ProxySelector =
        kuma === undefined ? () => undefined : proxySelector({ files: [], resources }, kuma, controlPlane);
      selectors.set(bundle.folder, { by, selector });
      return selector;
    },
    *others() {
      for (const document of documents(true)) yield* placedOthers([document]);
    },
    *resources() {
      const opened = new Set(open());
      for (const document of documents(true)) {
        for (const placed of document.sections) {
          // Of what nobody is writing, what is broken is of no use.
          const { section } = placed;
          const found = opened.has(document) ? section.readable() : section.resources();
          for (const resource of found) yield { document, placed, resource };
        }
      }
    },
  };
}
