import type { Node } from "../source/tree.ts";
import { foldName } from "./fold-name.ts";
import { type Roots, rootsOf } from "./roots.ts";
import type { Schema } from "./schema.ts";
import { zerosOf, type Zeros } from "./zero-values.ts";
import { type Aspect, distinctVariants, isAnything, isAnyText, isClosed, type Variant } from "./schema-variants.ts";

/** What is below a place: at a field, at the items of a list, or at the values of a map. */
export interface Inner {
  readonly place: SchemaPlace;
  /** By variant of the outer place, the index of its variant below; -1 if it has none. */
  readonly variantOf: readonly number[];
  /** Whether all have one. */
  readonly isInAll: boolean;
}

/** A field that some variants know. */
export interface Field extends Inner {
  readonly name: string;
  /** Whether it is no pointer in Go, so that something stands there even if nothing was read. */
  readonly hasZero: boolean;
  /** Those that do not. */
  readonly unknownTo: readonly Unknown[];
}

/** Schemas that do not know a field. */
export interface Unknown {
  readonly roots: Roots;
  /** The field that Go's decoder takes it for, as it does not look at case. */
  readonly meant: string | undefined;
}

/** Schemas that want a field. */
interface Required {
  readonly roots: Roots;
  readonly name: string;
}

/**
 * What several schemas say of one place of a document. Schemas of neighbouring releases differ in small places, so they
 * are walked together: those that say the same are one variant, which is looked at once. The places below are made when
 * they are first asked for; there are as many as the schemas have.
 */
export class SchemaPlace {
  /** The distinct schemas. */
  readonly variants: readonly Variant[];
  /** The first of them; the only one, mostly. */
  readonly first: Variant;
  /** The fields on the way here, from the outermost. */
  readonly way: readonly string[];
  /** The type, if it is one for all. */
  readonly type: Schema["type"];
  /** Whether all are of objects with fields of their own. */
  readonly isStruct: boolean;
  /** Whether any value is good. */
  readonly isAnything: boolean;
  /** Whether any text is good. */
  readonly isAnyText: boolean;
  /** Whether Go decodes any text. */
  readonly isAnyTextInGo: boolean;
  /** Whether some know no other names than their own. */
  readonly isClosed: boolean;
  readonly required: readonly Required[];
  /** What stands several times in a file and was found right by all. */
  readonly fine: WeakSet<Node>;
  /** What stands several times in a file, and what Go makes of it by all. */
  readonly decoded: WeakMap<Node, unknown>;
  readonly #aspects: readonly Aspect[];
  readonly #some = new Map<string, SchemaPlace>();
  #zeroFields: number | undefined;
  #fields: ReadonlyMap<string, Field> | undefined;
  #folded: ReadonlyMap<string, Field> | undefined;
  #items: Inner | undefined;
  #values: Inner | undefined;
  #zeros: Zeros | undefined;
  #variantOf: ReadonlyMap<number, number> | undefined;
  #each: readonly SchemaPlace[] | undefined;

  private constructor(variants: readonly Variant[], way: readonly string[], aspects: readonly Aspect[]) {
    const schemas = variants.map(({ schema }) => schema);
    const type = schemas[0]?.type;
    this.variants = variants;
    this.first = variants[0] ?? noVariant;
    this.way = way;
    this.type = schemas.every((schema) => schema.type === type) ? type : undefined;
    this.isStruct = schemas.every((schema) => schema.type === "object" && schema.properties !== undefined);
    this.isAnything = schemas.every(isAnything);
    this.isAnyText = schemas.every(isAnyText);
    this.isAnyTextInGo = schemas.every((schema) => schema.type === "string" && schema.go !== "time.Time");
    this.isClosed = schemas.some(isClosed);
    this.required = requiredOf(variants);
    this.fine = new WeakSet();
    this.decoded = new WeakMap();
    this.#aspects = aspects;
  }

  /**
   * The place of whole documents.
   *
   * @param aspects what schemas have to have in common to be one variant.
   */
  static root(schemas: readonly Schema[], aspects: readonly Aspect[]): SchemaPlace {
    const variants = schemas.map((schema, i) => ({ schema, roots: rootsOf([i]), struct: undefined }));
    return new SchemaPlace(distinctVariants(variants, aspects).variants, [], aspects);
  }

  /** The index of the variant that is the schema of an index. */
  variantOf(root: number): number {
    this.#variantOf ??= new Map(this.variants.flatMap(({ roots }, i) => roots.map((one) => [one, i])));
    return this.#variantOf.get(root) ?? -1;
  }

  /** How many fields there are where something stands even if nothing was read. */
  get zeroFields(): number {
    return (this.#zeroFields ??= Object.keys(this.zeros.byVariant[0] ?? {}).length);
  }

  /** What stands where nothing was read. */
  get zeros(): Zeros {
    return (this.#zeros ??= zerosOf(this.variants.map(({ schema }) => schema)));
  }

  /** A field that some of the schemas know. */
  field(name: string): Field | undefined {
    this.#fields ??= this.#allFields();
    return this.#fields.get(name);
  }

  /** The field that a name stands for if case does not count. */
  fieldInAnyCase(name: string): Field | undefined {
    this.#fields ??= this.#allFields();
    // No two fields of a policy differ in case alone.
    this.#folded ??= new Map(Array.from(this.#fields.values(), (field) => [foldName(field.name), field]));
    return this.#folded.get(foldName(name));
  }

  /** Those of the schemas that do not know a name which is no field. */
  unknown(name: string): readonly Unknown[] {
    const groups: { readonly roots: number[]; readonly meant: string | undefined }[] = [];
    for (const { schema, roots } of this.variants) {
      if (!isClosed(schema)) continue;
      const meant = Object.keys(schema.properties ?? {}).find((field) => foldName(field) === foldName(name));
      const alike = groups.find((group) => group.meant === meant);
      if (alike === undefined) groups.push({ roots: [...roots], meant });
      else alike.roots.push(...roots);
    }
    return groups.map(({ roots, meant }) => ({ roots: rootsOf(roots), meant }));
  }

  /** What is at the items of a list. */
  get items(): Inner {
    return (this.#items ??= this.#inner(({ type, items }) => items ?? (type === "array" ? anything : undefined)));
  }

  /** What is at the names of a map that are no fields. */
  get values(): Inner {
    return (this.#values ??= this.#inner(
      ({ type, properties, additionalProperties }) =>
        additionalProperties ?? (type === "object" && properties === undefined ? anything : undefined),
    ));
  }

  /** The same place with each of its variants alone. */
  get each(): readonly SchemaPlace[] {
    return (this.#each ??= this.variants.map((_, i) => this.some([i])));
  }

  /** The same place with some of its variants, by their indices. */
  some(indices: readonly number[]): SchemaPlace {
    if (indices.length === this.variants.length) return this;
    const key = indices.join();
    const known = this.#some.get(key);
    if (known !== undefined) return known;
    const variants = this.variants.filter((_, i) => indices.includes(i));
    const place = new SchemaPlace(variants, this.way, this.#aspects);
    this.#some.set(key, place);
    return place;
  }

  #allFields(): ReadonlyMap<string, Field> {
    const names = new Set(this.variants.flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
    return new Map(Array.from(names, (name) => [name, this.#field(name)]));
  }

  #field(name: string): Field {
    const inner = this.#inner((schema) => schema.properties?.[name] ?? schema.additionalProperties, name);
    const others = inner.variantOf.flatMap((index, i) => (index < 0 ? i : []));
    return {
      name,
      ...inner,
      hasZero: Object.hasOwn(this.zeros.byVariant[0] ?? {}, name),
      unknownTo: others.length === 0 ? [] : this.some(others).unknown(name),
    };
  }

  /** @param name of the field that is below; without one, what is below counts as the same field. */
  #inner(below: (schema: Schema) => Schema | undefined, name?: string): Inner {
    const all = this.variants.map(({ schema, roots, struct }): Variant | undefined => {
      const inner = below(schema);
      return inner && { schema: inner, roots, struct: name === undefined ? struct : schema.go };
    });
    const known = all.filter((variant) => variant !== undefined);
    const { variants, indices } = distinctVariants(known, this.#aspects);
    const way = name === undefined ? this.way : [...this.way, name];
    return {
      place: new SchemaPlace(variants, way, this.#aspects),
      variantOf: all.map((variant) => (variant === undefined ? -1 : (indices[known.indexOf(variant)] ?? -1))),
      isInAll: known.length === all.length,
    };
  }
}

const anything: Schema = {};
const noVariant: Variant = { schema: anything, roots: rootsOf([]), struct: undefined };

function requiredOf(variants: readonly Variant[]): readonly Required[] {
  const byName = new Map<string, number[]>();
  for (const { schema, roots } of variants) {
    for (const name of schema.required ?? []) byName.set(name, [...(byName.get(name) ?? []), ...roots]);
  }
  return Array.from(byName, ([name, roots]) => ({ name, roots: rootsOf(roots) }));
}
