import type { CompiledListener } from "../emit/compiled.ts";
import type { ListenerChange, ChangeReason } from "./changes.ts";
import { diffLoggers } from "./diff-loggers.ts";
import { fieldChanges } from "./field-changes.ts";
import { omit } from "./omit.ts";
import { pair } from "./pair.ts";

/** Names the items that a listener's loggers come from; `undefined` if that is not known. */
export type Reasons = (listener: CompiledListener) => readonly ChangeReason[] | undefined;

/** Compares the listeners of a proxy. */
export function diffListeners(
  before: readonly CompiledListener[],
  after: readonly CompiledListener[],
  reasonsBefore: Reasons,
  reasonsAfter: Reasons,
): readonly ListenerChange[] {
  const { both, removed, added } = pairListeners(before, after);
  return [
    ...removed.map((listener) => oneSided("removed", listener, reasonsBefore(listener), [])),
    ...both.flatMap(([from, to]) => diffListener(from, to, reasonsBefore(from), reasonsAfter(to))),
    ...added.map((listener) => oneSided("added", listener, [], reasonsAfter(listener))),
  ];
}

/**
 * Those of one name and filter belong together; one whose name is not known, or is another now, is found by what it is
 * for, and one whose traffic is of another kind now has another filter.
 */
function pairListeners(
  before: readonly CompiledListener[],
  after: readonly CompiledListener[],
): ReturnType<typeof pair<CompiledListener>> {
  const byName = ({ name, context }: CompiledListener): string | undefined =>
    name === null ? undefined : JSON.stringify([context, name]);
  const byResource = ({ context, resource }: CompiledListener): string => JSON.stringify([context, resource]);
  const withFilter =
    (key: (listener: CompiledListener) => string | undefined) =>
    (listener: CompiledListener): string | undefined => {
      const name = key(listener);
      return name === undefined ? undefined : `${listener.filter} ${name}`;
    };
  return pair(before, after, [withFilter(byName), withFilter(byResource), byName, byResource]);
}

/** Compares one listener with itself; nothing if it logs as before. */
export function diffListener(
  before: CompiledListener,
  after: CompiledListener,
  reasonsBefore?: readonly ChangeReason[],
  reasonsAfter?: readonly ChangeReason[],
): readonly ListenerChange[] {
  const fields = fieldChanges(omit(before, "accessLog", "because"), omit(after, "accessLog", "because"));
  const { loggers, isReordered } = diffLoggers(before.accessLog, after.accessLog);
  if (fields.length === 0 && loggers.length === 0 && !isReordered) return [];
  const identity = identityOf(after);
  return [{ change: "changed", ...identity, fields, loggers, isReordered, ...because(reasonsBefore, reasonsAfter) }];
}

function oneSided(
  change: "added" | "removed",
  listener: CompiledListener,
  before: readonly ChangeReason[] | undefined,
  after: readonly ChangeReason[] | undefined,
): ListenerChange {
  const loggers = listener.accessLog.map((accessLog) => ({ change, accessLog }));
  return { change, ...identityOf(listener), fields: [], loggers, isReordered: false, ...because(before, after) };
}

function because(before: readonly ChangeReason[] | undefined, after: readonly ChangeReason[] | undefined): object {
  return before === undefined || after === undefined ? {} : { because: { before, after } };
}

function identityOf({
  name,
  resource,
  context,
  filter,
}: CompiledListener): Pick<ListenerChange, "name" | "resource" | "context" | "filter"> {
  return { name, resource, context, filter };
}
