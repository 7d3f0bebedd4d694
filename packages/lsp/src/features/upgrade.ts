import { type Bundle as Store, check, load, migrate } from "@meshlog/compiler";
import type { Target } from "@meshlog/parser";
import { type CodeAction, CodeActionKind, type TextEdit } from "vscode-languageserver";
import type { PolicyDocument } from "../document.ts";
import type { Finding, Judging } from "../findings.ts";
import { kumasOf } from "../releases.ts";
import type { Bundle } from "../workspace/bundles.ts";
import { plainUri } from "../workspace/uris.ts";
import { toDiagnostic } from "./diagnostics.ts";

/** What a client, and what is known when it asks, allow of upgrades. */
export interface UpgradeClient {
  /** It asks for the edit of an action when that is chosen. */
  readonly resolves: boolean;
  /** It shows why an action cannot be chosen. */
  readonly showsDisabled: boolean;
  /** All files of the workspace were read: an upgrade is proved against all proxies. */
  readonly isWhole: boolean;
}

/** What an action carries from its offer to its choice. */
interface UpgradeData {
  readonly upgrade: string;
}

/** What becomes of the deprecated fields of a file. */
interface Upgrade {
  readonly edits: readonly TextEdit[];
  /** What is left as it is and why, for people. */
  readonly left: readonly string[];
}

const title = "Upgrade what is deprecated in this file";

/** Larger bundles, in UTF-16 units, are not compiled each time that somebody asks what can be done. */
const smallBundle = 1 << 16;

/** The action that upgrades the file, where one of the findings is about something deprecated. */
export function upgradeActions(
  document: PolicyDocument,
  here: readonly Finding[],
  judging: Judging,
  { resolves, showsDisabled, isWhole }: UpgradeClient,
): readonly CodeAction[] {
  const deprecated = here.filter(({ diagnostic }) => diagnostic.code === "policy/deprecated");
  if (deprecated.length === 0) return [];
  const action: CodeAction = {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: deprecated.map((finding) => toDiagnostic(document, finding)),
  };
  if (resolves) return [{ ...action, data: { upgrade: document.uri } satisfies UpgradeData }];
  if (!isWhole || sizeOf(judging.bundle) > smallBundle) return [];
  const { edits, left } = upgrade(document, judging);
  if (edits.length > 0) return [{ ...action, edit: { changes: { [document.uri]: [...edits] } } }];
  return showsDisabled && left.length > 0 ? [{ ...action, disabled: { reason: left.join("\n") } }] : [];
}

/** The file that an action is to upgrade, if that is what it does. */
export function upgradeUri({ data }: CodeAction): string | undefined {
  const { upgrade: uri } = Object(data) as Partial<Record<keyof UpgradeData, unknown>>;
  return typeof uri === "string" ? uri : undefined;
}

/** The action with its edit, and what it leaves as it is and why. */
export function resolveUpgrade(
  action: CodeAction,
  document: PolicyDocument,
  judging: Judging,
): { readonly action: CodeAction; readonly left: readonly string[] } {
  const { edits, left } = upgrade(document, judging);
  if (edits.length > 0) return { action: { ...action, edit: { changes: { [document.uri]: [...edits] } } }, left };
  return { action, left: left.length > 0 ? left : ["Nothing in this file can be upgraded."] };
}

/**
 * Rewrites what the newest release of the target calls deprecated. Where the target has others, nothing is rewritten
 * that one of them would refuse.
 */
function upgrade(document: PolicyDocument, { target, controlPlane, bundle }: Judging): Upgrade {
  const to = kumasOf(target).at(-1);
  if (to === undefined) return { edits: [], left: [] };
  const own = plainUri(document.uri);
  const { value: store } = load(bundle.documents.map(({ uri, text }) => ({ path: plainUri(uri), content: text })));
  const { value: migration, diagnostics } = migrate(store, { from: to, to, controlPlane, only: own });
  const left = diagnostics.map(({ message }) => message);
  const file = migration.files.find(({ path }) => path === own);
  if (file === undefined) return { edits: [], left };
  const errors = (one: Store): number => errorsIn(one, own, target);
  if (kumasOf(target).length > 1 && errors(migration.bundle) > errors(store)) {
    return { edits: [], left: [`Older releases than Kuma ${to.name}, which this file is for too, do not read what it would become.`] }; // prettier-ignore
  }
  return { edits: file.edits.map((edit) => ({ range: document.rangeOf(edit), newText: edit.text })), left };
}

function errorsIn(bundle: Store, path: string, target: Target): number {
  const { diagnostics } = check(bundle, target);
  return diagnostics.filter(({ file, severity }) => file === path && severity === "error").length;
}

function sizeOf({ documents }: Bundle): number {
  return documents.reduce((sum, { text }) => sum + text.length, 0);
}
