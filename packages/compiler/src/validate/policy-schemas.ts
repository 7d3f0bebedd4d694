import type { PolicyFacts } from "../kuma/policy-facts.ts";
import type { Resource } from "../source/resources.ts";
import { decodedAspects } from "./decode.ts";
import { judgedAspects } from "./judge-by-schema.ts";
import { type MeshAccessLogSchema, meshAccessLogSchema } from "./mesh-access-log-schema.ts";
import { withDefaults } from "./schema.ts";
import { SchemaPlace } from "./schema-place.ts";

type Shape = Resource["shape"];

/** The schemas that several releases have of a MeshAccessLog, to be walked together; made when they are first asked for. */
export class PolicySchemas {
  readonly #facts: readonly PolicyFacts[];
  readonly #places = new Map<string, SchemaPlace>();

  /** @param facts of the releases; the index of one is that of its schema. */
  constructor(facts: readonly PolicyFacts[]) {
    this.#facts = facts;
  }

  /** What judges a policy. */
  judging(shape: Shape): SchemaPlace {
    return this.#place(`judging ${shape}`, () => {
      const schemas = this.#facts.map((facts) => {
        const schema = meshAccessLogSchema(facts)[shape];
        return facts.schemaStage === "defaulted" ? withDefaults(schema) : schema;
      });
      return SchemaPlace.root(schemas, judgedAspects);
    });
  }

  /** What a policy is decoded by: the whole resource, or of an object of Kubernetes the spec alone. */
  decoding(shape: Shape): SchemaPlace {
    return this.#decoding(shape === "universal" ? "decoded" : "decodedObject");
  }

  /** What is decoded before anything else, where that is so. */
  get decodingMeta(): SchemaPlace {
    return this.#decoding("meta");
  }

  #decoding(part: keyof MeshAccessLogSchema): SchemaPlace {
    return this.#place(part, () =>
      SchemaPlace.root(
        this.#facts.map((facts) => meshAccessLogSchema(facts)[part]),
        decodedAspects,
      ),
    );
  }

  #place(name: string, make: () => SchemaPlace): SchemaPlace {
    const place = this.#places.get(name) ?? make();
    this.#places.set(name, place);
    return place;
  }
}
