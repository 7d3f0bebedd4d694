/** Whether a value is what a place of a message holds. */
type Is = (value: unknown) => boolean;

const isText: Is = (value) => typeof value === "string";
const isCount: Is = (value) => Number.isInteger(value) && (value as number) >= 0;
const any: Is = (value) => value !== undefined;

const listOf =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is);

const either =
  (...choices: readonly Is[]): Is =>
  (value) =>
    choices.some((is) => is(value));

const nullable = (is: Is): Is => either((value) => value === null, is);

/** An object with at least these fields. */
const having =
  (fields: Readonly<Record<string, Is>>): Is =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(fields).every(([name, is]) => is((value as Readonly<Record<string, unknown>>)[name]));

interface Place {
  readonly line: number;
  readonly character: number;
}

const isPosition = having({ line: isCount, character: isCount });
const isRange: Is = (value) => {
  if (!having({ start: isPosition, end: isPosition })(value)) return false;
  const { start, end } = value as { readonly start: Place; readonly end: Place };
  return start.line < end.line || (start.line === end.line && start.character <= end.character);
};
const isLocation = having({ uri: isText, range: isRange });
const isEdit = having({ range: isRange, newText: isText });
const isSelection: Is = having({ range: isRange, parent: (parent) => parent === undefined || isSelection(parent) });
const isTokens = having({ data: (data) => listOf(isCount)(data) && (data as unknown[]).length % 5 === 0 });
const isList = having({ items: listOf(having({ label: isText })) });

/** What the protocol says of the result of each request that the server takes (LSP 3.18). */
const results: ReadonlyMap<string, Is> = new Map<string, Is>([
  ["initialize", having({ capabilities: any })],
  ["shutdown", (value) => value === null],
  ["textDocument/completion", nullable(isList)],
  ["completionItem/resolve", having({ label: isText })],
  ["textDocument/hover", nullable(having({ contents: any }))],
  ["textDocument/signatureHelp", nullable(having({ signatures: listOf(having({ label: isText })) }))],
  ["textDocument/codeAction", listOf(having({ title: isText }))],
  ["codeAction/resolve", having({ title: isText })],
  ["textDocument/semanticTokens/full", isTokens],
  ["textDocument/semanticTokens/range", isTokens],
  [
    "textDocument/documentSymbol",
    listOf(either(having({ name: isText, range: isRange }), having({ name: isText, location: isLocation }))),
  ],
  ["workspace/symbol", listOf(having({ name: isText, location: isLocation }))],
  ["textDocument/foldingRange", listOf(having({ startLine: isCount, endLine: isCount }))],
  ["textDocument/selectionRange", listOf(isSelection)],
  ["textDocument/documentLink", listOf(having({ range: isRange }))],
  ["textDocument/definition", listOf(either(isLocation, having({ targetUri: isText, targetRange: isRange })))],
  ["textDocument/references", listOf(isLocation)],
  ["textDocument/codeLens", listOf(having({ range: isRange }))],
  ["codeLens/resolve", any],
  ["workspace/executeCommand", listOf(isLocation)],
  ["textDocument/inlayHint", listOf(having({ position: isPosition, label: any }))],
  ["textDocument/formatting", listOf(isEdit)],
  [
    "textDocument/diagnostic",
    either(
      having({ kind: (kind) => kind === "full", items: listOf(having({ range: isRange, message: isText })) }),
      having({ kind: (kind) => kind === "unchanged", resultId: isText }),
    ),
  ],
]);

/** Error codes of JSON-RPC for what is the server's own fault. */
const internalError = -32_603;

const isError = having({ code: (code) => Number.isInteger(code), message: isText });

/** What is wrong with a response as such; `undefined` if nothing is. */
export function faultOfResponse(
  response: { readonly result?: unknown; readonly error?: unknown },
  method: string,
  isSound: boolean,
): string | undefined {
  const { result, error } = response;
  if (error !== undefined) {
    if (result !== undefined || !isError(error)) return "is no error as the protocol has it";
    const { code } = error as { readonly code: number };
    return isSound && code === internalError ? "is an internal error" : undefined;
  }
  if (result === undefined) return "has neither a result nor an error";
  if (!isSound) return undefined;
  const is = results.get(method);
  if (is === undefined) return "is a result of what the server does not offer";
  return is(result) ? undefined : "is not what the method answers";
}
