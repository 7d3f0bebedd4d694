interface Span {
    readonly start: number;
    readonly end: number;
}

type Severity = "error" | "warning" | "info";
interface Template<P extends string = never> {
    (parameters: Readonly<Record<P, string | number>>): string;
    readonly parameters: readonly P[];
}
declare function text<const P extends string = never>(strings: TemplateStringsArray, ...parameters: P[]): Template<P>;
interface DiagnosticRow<P extends string = string> {
    readonly severity: Severity;
    readonly message: Template<P>;
    readonly help: string;
    readonly bad?: string;
    readonly good?: string;
    readonly source?: string;
    readonly hasSafeFix?: true;
}
type DiagnosticTable<M> = {
    readonly [C in keyof M]: DiagnosticRow<Extract<M[C], string>>;
};
type MessageParameters<M, C extends keyof M> = Readonly<Record<Extract<M[C], string>, string | number>>;
interface Fix {
    readonly title: string;
    readonly edits: readonly TextEdit[];
}
interface TextEdit extends Span {
    readonly text: string;
}
interface RelatedPlace extends Span {
    readonly message: string;
}
interface Quoted {
    readonly envoy?: {
        readonly message: string;
    };
    readonly controlPlane?: {
        readonly message: string;
    };
}
interface Variant extends Quoted {
    readonly affects: readonly string[];
}
interface Diagnostic<C extends string = string> extends Span, Quoted {
    readonly code: C;
    readonly severity: Severity;
    readonly message: string;
    readonly affects: readonly string[];
    readonly variants?: readonly Variant[];
    readonly related?: readonly RelatedPlace[];
    readonly fixes?: readonly Fix[];
}
interface Result<T, D = Diagnostic> {
    readonly value: T;
    readonly diagnostics: readonly D[];
}
interface ArgumentMessages {
    "format/header-alternatives": never;
    "format/header-name": "header";
    "format/time-newline": "conversion";
    "format/filter-state-key": "name";
    "format/filter-state-type": "type";
    "format/filter-state-field": never;
    "format/metadata-type": "type";
    "format/grpc-status": "option";
    "format/duration-points": never;
    "format/duration-precision": "precision";
    "format/option": "option" | "name" | "options";
    "format/xfcc-key": "key";
    "format/file-path": never;
    "format/secret": never;
    "format/coalesce": "problem";
    "format/coalesce-json": "problem";
    "format/coalesce-crash": never;
    "format/cel-syntax": "problem";
    "format/cel-function": "problem";
    "lint/unknown-time-point": "point";
    "lint/newer-time-point": "point" | "since";
    "lint/unknown-option": "option" | "name";
    "lint/unused-argument": "text";
    "lint/time-conversion": "conversion";
    "lint/stale-digits": "conversion";
    "lint/local-zone": "conversion";
    "lint/pseudo-header": "header";
    "lint/cel-attribute": "name";
    "lint/cel-concatenation": never;
}
interface CallMessages {
    "format/unknown-operator": "name";
    "format/newer-operator": "name" | "since";
    "format/extension-operator": "name" | "extension";
    "format/unreplaced-kuma-operator": "name";
    "format/renamed-by-kuma": "name" | "seen";
    "format/no-arguments": "name";
    "format/missing-argument": "name";
    "format/no-limit": "name";
    "lint/always-empty": "name";
    "lint/protocol": "name" | "protocol" | "printed";
    "lint/listener-only": "name";
    "lint/upstream-only": "name";
    "lint/deprecated-operator": "name" | "instead";
    "lint/crashes-later": "name";
}
interface GrammarMessages {
    "format/stray-percent": never;
    "format/operator-name": "name";
    "format/missing-percent": "name";
    "format/missing-parenthesis": "name";
    "format/line-break": "name";
    "format/kuma-takes-percent": "name" | "seen";
    "format/limit-too-large": "limit";
    "format/more": "count";
    "generate/format": "problem";
    "lint/swallowed-text": "name";
    "lint/limit-outside": "limit";
    "lint/json-in-text": never;
}
interface JsonMessages {
    "format/json-value": "type";
    "lint/omit-empty-json": never;
    "lint/number-notation": "name";
}
interface RangeMessages {
    "io/malformed-range": "range";
    "io/unknown-release": "program" | "version" | "nearest";
}
interface Messages extends RangeMessages, GrammarMessages, CallMessages, ArgumentMessages, JsonMessages {
}
type Code = keyof Messages;
declare const messages: DiagnosticTable<Messages>;
interface EnvoyRelease {
    readonly name: string;
    readonly minor: number;
    readonly patch: number;
}
interface KumaRelease {
    readonly name: string;
    readonly line: string;
    readonly patch: number;
    readonly envoy: EnvoyRelease;
}
interface TargetMember {
    readonly name: string;
    readonly envoy: EnvoyRelease;
    readonly kuma?: KumaRelease;
}
interface Target {
    readonly members: readonly TargetMember[];
}
interface TargetRequest {
    readonly kuma?: string;
    readonly envoy?: string;
    readonly allPatches?: boolean;
}
declare const kumaReleases: readonly KumaRelease[];
declare const envoyReleases: readonly EnvoyRelease[];
declare const defaultTarget: Target;
declare function target(range: string | TargetRequest): Result<Target | undefined>;
declare function kumaTarget(releases: readonly KumaRelease[]): Target;
type CelExpression = CelLiteral | CelIdentifier | CelSelect | CelIndex | CelCall | CelList | CelMap | CelMessage;
interface CelLiteral extends Span {
    readonly kind: "literal";
    readonly type: "null" | "bool" | "int" | "uint" | "double" | "string" | "bytes";
    readonly value: string;
}
interface CelIdentifier extends Span {
    readonly kind: "identifier";
    readonly name: string;
}
interface CelSelect extends Span {
    readonly kind: "select";
    readonly operand: CelExpression;
    readonly field: string;
}
interface CelIndex extends Span {
    readonly kind: "index";
    readonly operand: CelExpression;
    readonly index: CelExpression;
}
interface CelCall extends Span {
    readonly kind: "call";
    readonly name: string;
    readonly isOperator: boolean;
    readonly receiver?: CelExpression;
    readonly arguments: readonly CelExpression[];
    readonly place: Span;
}
interface CelList extends Span {
    readonly kind: "list";
    readonly items: readonly CelExpression[];
}
interface CelMap extends Span {
    readonly kind: "map";
    readonly entries: readonly {
        readonly key: CelExpression;
        readonly value: CelExpression;
    }[];
}
interface CelMessage extends Span {
    readonly kind: "message";
    readonly type: string;
    readonly fields: readonly {
        readonly name: string;
        readonly place: Span;
        readonly value: CelExpression;
    }[];
}
interface CelProblem extends Span {
    readonly message: string;
    readonly isPlaced: boolean;
}
type Version = `1.${number}`;
interface CelArgument extends ArgumentNode<"cel"> {
    readonly expression?: CelExpression;
    readonly quoted?: Span;
    readonly problem?: CelProblem;
}
interface OperatorFacts {
    readonly summary: string;
    readonly since: Version;
    readonly argument?: ArgumentFacts;
    readonly limit?: Version;
    readonly protocols: readonly Protocol[];
    readonly result: JsonType | readonly JsonType[];
    readonly absent?: Absent;
    readonly example: string;
    readonly sample: string;
    readonly use?: "always-empty" | "listener-only" | "upstream-only";
    readonly changes?: Readonly<Partial<Record<Version, string>>>;
    readonly remarks?: readonly string[];
    readonly extension?: {
        readonly name: string;
        readonly builtInSince?: Version;
    };
    readonly deprecated?: string;
    readonly sameAs?: string;
    readonly undocumented?: true;
}
interface KumaOperatorFacts {
    readonly summary: string;
    readonly since: "2.0" | "2.14";
    readonly example: string;
    readonly sample: string;
    readonly remarks?: readonly string[];
}
type Protocol = "http" | "tcp" | "udp" | "thrift";
type JsonType = "string" | "number" | "boolean" | "object" | "array";
interface Absent {
    readonly text: string;
    readonly json: string | number | null;
    readonly when: string;
}
type ArgumentFacts = ({
    readonly kind: PlainArgumentKind;
} | {
    readonly kind: "choices";
    readonly lists: readonly ChoiceList[];
    readonly refusal: Refusal;
}) & {
    readonly presence: "required" | "optional";
    readonly since?: Version;
};
type PlainArgumentKind = "cel" | "coalesce" | "duration" | "file" | "filter-state" | "header" | "mask" | "metadata" | "query-parameter" | "secret" | "time" | "typed-metadata" | "variable";
interface ChoiceList {
    readonly name: string;
    readonly options: Readonly<Record<string, string>>;
}
type Refusal = "option" | "grpc-status" | "xfcc" | "none";
interface ChoicesArgument extends ArgumentNode<"choices"> {
    readonly chosen: readonly Piece[];
    readonly surplus?: Piece;
}
type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonWord;
interface JsonObject extends Span {
    readonly kind: "object";
    readonly members: readonly JsonMember[];
    readonly lines: readonly [number, number];
}
interface JsonMember {
    readonly key: string;
    readonly value: JsonNode;
}
interface JsonArray extends Span {
    readonly kind: "array";
    readonly items: readonly JsonNode[];
}
interface JsonString extends Span {
    readonly kind: "string";
    readonly source: ArgumentSource;
}
interface JsonNumber extends Span {
    readonly kind: "number";
    readonly text: string;
}
interface JsonWord extends Span {
    readonly kind: "word";
    readonly value: boolean | null;
}
interface JsonProblem extends Span {
    readonly message: string;
    readonly envoy: string;
}
interface CoalesceArgument extends ArgumentNode<"coalesce"> {
    readonly root?: JsonNode["kind"];
    readonly entries: readonly CoalesceEntry[];
    readonly problem?: JsonProblem;
    readonly misplaced?: Span;
    readonly hasList: boolean;
    readonly lines: readonly [number, number];
}
interface CoalesceEntry extends Span {
    readonly name?: Piece;
    readonly argument?: Argument;
    readonly limit?: Piece;
    readonly fault?: EntryFault;
}
interface EntryFault extends Span {
    readonly message: string;
}
interface DurationArgument extends ArgumentNode<"duration"> {
    readonly from: Piece;
    readonly to?: Piece;
    readonly precision?: Piece;
    readonly surplus?: Piece;
}
interface FilterStateArgument extends ArgumentNode<"filter-state"> {
    readonly key: Piece;
    readonly serialization?: Piece;
    readonly field?: Piece;
    readonly surplus?: Piece;
}
interface HeaderArgument extends ArgumentNode<"header"> {
    readonly header: Piece;
    readonly alternative?: Piece;
    readonly surplus?: Piece;
}
interface MaskArgument extends ArgumentNode<"mask"> {
    readonly length?: number;
}
interface MetadataArgument extends ArgumentNode<"metadata" | "typed-metadata"> {
    readonly type?: Piece;
    readonly namespace?: Piece;
    readonly path: readonly Piece[];
}
interface NameArgument extends ArgumentNode<"variable" | "query-parameter" | "secret"> {
    readonly name: Piece;
}
interface FileArgument extends ArgumentNode<"file"> {
    readonly path: Piece;
    readonly directory?: Piece;
    readonly surplus?: Piece;
}
type OpaqueArgument = ArgumentNode<"opaque">;
interface TimeArgument extends ArgumentNode<"time"> {
    readonly parts: readonly (TimeConversion | TimeText)[];
}
interface TimeText extends Piece {
    readonly kind: "text";
}
interface TimeConversion extends Piece {
    readonly kind: "conversion";
}
type Argument = CelArgument | ChoicesArgument | CoalesceArgument | DurationArgument | FileArgument | FilterStateArgument | HeaderArgument | MaskArgument | MetadataArgument | NameArgument | OpaqueArgument | TimeArgument;
interface ArgumentNode<K extends string> extends Span {
    readonly kind: K;
    readonly text: string;
    readonly kuma?: readonly KumaOperator[];
}
interface Piece extends Span {
    readonly text: string;
}
interface ArgumentSource {
    readonly text: string;
    readonly masked: string;
    readonly start: number;
    readonly places?: readonly number[];
    readonly kuma?: readonly KumaOperator[];
}
interface Dialect {
    readonly grammar: Grammar;
    readonly kuma: KumaNames;
}
type Grammar = "1.22" | "1.31" | "1.32";
type KumaNames = "none" | "2.0" | "2.14";
declare const newestDialect: Dialect;
declare function dialect(grammar: Grammar, kuma: KumaNames): Dialect;
declare function dialectOf(member: TargetMember): Dialect;
interface Format extends Span {
    readonly kind: "format";
    readonly text: string;
    readonly dialect: Dialect;
    readonly parts: readonly Part[];
}
type Part = Text | Escape | KumaOperator | Operator | BrokenOperator | StrayPercent;
interface Text extends Span {
    readonly kind: "text";
    readonly text: string;
}
interface Escape extends Span {
    readonly kind: "escape";
}
interface KumaOperator extends Span {
    readonly kind: "kuma";
    readonly name: string;
}
interface Operator extends Span {
    readonly kind: "operator";
    readonly name: Name;
    readonly argument?: Argument;
    readonly limit?: Limit;
}
interface BrokenOperator extends Span {
    readonly kind: "broken";
    readonly problem: Problem;
    readonly name: Name;
    readonly argument?: Argument;
    readonly limit?: Limit;
}
type Problem = "name" | "line-break" | "no-parenthesis" | "no-percent";
interface StrayPercent extends Span {
    readonly kind: "stray";
}
interface Name extends Span {
    readonly text: string;
}
interface Limit extends Span {
    readonly text: string;
}
interface CheckOptions {
    readonly protocol?: "http" | "tcp";
    readonly formatters?: readonly string[];
    readonly kuma?: boolean;
    readonly kumaValues?: Readonly<Record<string, string>>;
}
interface JsonCheckOptions extends CheckOptions {
    readonly omitEmptyValues?: boolean;
}
interface Verdicts {
    readonly envoy: Readonly<Record<string, string>>;
    readonly kuma: Readonly<Record<string, string>>;
}
declare function check(format: Format, target: Target, options?: CheckOptions): Result<Verdicts>;
interface JsonDiagnostic extends Diagnostic {
    readonly path: readonly (string | number)[];
}
declare function checkJson(value: unknown, target: Target, options?: JsonCheckOptions): Result<Verdicts, JsonDiagnostic>;
declare function parse(text: string, dialect?: Dialect): Format;
declare function print(format: Pick<Format, "parts">): string;
declare const operators: ReadonlyMap<string, OperatorFacts>;
declare const kumaOperators: ReadonlyMap<string, KumaOperatorFacts>;
type OldKumaReading = {
    readonly kind: "read";
    readonly text: string;
} | ({
    readonly kind: "refused";
    readonly message: string;
} & Span);
declare function readAsOldKuma(text: string, value?: (name: string) => string): OldKumaReading;
type Expectation = {
    readonly kind: "header";
    readonly role: "header" | "alternative";
} | {
    readonly kind: "time-conversion";
} | {
    readonly kind: "choice";
    readonly list: ChoiceList;
} | {
    readonly kind: PlainExpectation;
}
 | {
    readonly kind: "nothing";
};
type PlainExpectation = "cel" | "coalesce" | "operator" | "directory" | "file" | "filter-state-field" | "filter-state-key" | "mask" | "metadata-key" | "metadata-namespace" | "metadata-type" | "precision" | "query-parameter" | "secret" | "serialization" | "time-point" | "variable";
type Context = TextContext | NameContext | ArgumentContext | EndContext | LimitContext;
interface TextContext {
    readonly kind: "text";
}
interface NameContext {
    readonly kind: "name";
    readonly range: Span;
    readonly prefix: string;
    readonly isFollowed: boolean;
}
interface ArgumentContext {
    readonly kind: "argument";
    readonly operator: string;
    readonly index: number;
    readonly expects: Expectation;
    readonly range: Span;
    readonly prefix: string;
    readonly isClosed: boolean;
}
interface EndContext {
    readonly kind: "end";
    readonly operator: string;
}
interface LimitContext {
    readonly kind: "limit";
    readonly operator: string;
    readonly range: Span;
    readonly prefix: string;
}
declare function contextAt(format: Format, offset: number): Context;
interface AvailableOperator {
    readonly name: string;
    readonly family: "envoy" | "kuma";
    readonly summary: string;
    readonly example: string;
    readonly sample: string;
    readonly needsArgument: boolean;
    readonly takesLimit: boolean;
}
declare function availableOperators(target: Target): readonly AvailableOperator[];
interface Suggestion {
    readonly text: string;
    readonly means: string;
    readonly sample?: string;
}
declare function suggestionsFor({ expects, operator }: Pick<ArgumentContext, "expects" | "operator">, before: string, target: Target): readonly Suggestion[];
interface Signature {
    readonly label: string;
    readonly summary: string;
    readonly parameters: readonly {
        readonly start: number;
        readonly end: number;
        readonly means: string;
    }[];
}
declare function signatureOf(name: string): Signature | undefined;
declare function nearest(name: string, names: Iterable<string>): string | undefined;
declare function trimEnd(text: string, characters: string): string;
declare function goQuote(text: string): string;
interface Facts {
    readonly facts: Readonly<Record<string, unknown>>;
    readonly factTexts?: Readonly<Record<string, string | {
        readonly base64: string;
    }>>;
    readonly isComplete?: boolean;
    readonly timePoints?: Readonly<Record<string, number>>;
}
interface RenderOptions {
    readonly release?: TargetMember;
    readonly omitEmptyValues?: boolean;
    readonly timezone?: string;
    readonly kumaValues?: Readonly<Record<string, string>>;
    readonly formatters?: readonly string[];
}
interface Line {
    readonly bytes: Uint8Array;
    readonly text: string | undefined;
}
declare function render(format: Format, facts: Facts, options?: RenderOptions): Result<Line | undefined>;
declare function renderJson(format: unknown, facts: Facts, options?: RenderOptions): Result<Line | undefined>;
interface RenderMessages {
    "io/missing-fact": "fact";
    "io/unusable-fact": "fact" | "problem";
    "io/unforetold": "what" | "why";
}
declare const renderMessages: DiagnosticTable<RenderMessages>;
interface TimeConversionFacts {
    readonly means: string;
    readonly sample: string;
    readonly since?: Version;
}
declare const timeConversions: Readonly<Record<string, TimeConversionFacts>>;
declare const responseFlags: ReadonlyMap<string, string>;

export { availableOperators, check, checkJson, contextAt, defaultTarget, dialect, dialectOf, envoyReleases, goQuote, kumaOperators, kumaReleases, kumaTarget, messages, nearest, newestDialect, operators, parse, print, readAsOldKuma, render, renderJson, renderMessages, responseFlags, signatureOf, suggestionsFor, target, text, timeConversions, trimEnd };
export type { Absent, Argument, ArgumentContext, ArgumentFacts, AvailableOperator, BrokenOperator, CheckOptions, ChoiceList, Code, Context, Diagnostic, DiagnosticRow, DiagnosticTable, Dialect, EndContext, EnvoyRelease, Escape, Expectation, Facts, Fix, Format, Grammar, JsonCheckOptions, JsonDiagnostic, JsonType, KumaNames, KumaOperator, KumaOperatorFacts, KumaRelease, Limit, LimitContext, Line, MessageParameters, Messages, Name, NameContext, OldKumaReading, Operator, OperatorFacts, Part, Piece, Problem, Protocol, Refusal, RelatedPlace, RenderMessages, RenderOptions, Result, Severity, Signature, Span, StrayPercent, Suggestion, Target, TargetMember, TargetRequest, Template, Text, TextContext, TextEdit, TimeConversionFacts, Variant, Verdicts, Version };
