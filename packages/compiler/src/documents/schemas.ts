import { configurationShape } from "./configuration.ts";
import { controlPlaneShape } from "./control-plane.ts";
import type { DocumentKind } from "./document-kinds.ts";
import type { Shape } from "./shape.ts";
import { trafficShape } from "./traffic.ts";

interface OwnDocument {
  readonly title: string;
  readonly about: string;
  readonly shape: Shape<unknown>;
}

const documents: Readonly<Record<DocumentKind, OwnDocument>> = {
  config: {
    title: "meshlog.config.yaml",
    about: "The configuration of meshlog; options of the command line win.",
    shape: configurationShape,
  },
  "control-plane": {
    title: "meshlog control plane",
    about: "What a control plane of Kuma knows beyond its resources: the file that `--control-plane` names.",
    shape: controlPlaneShape,
  },
  traffic: {
    title: "meshlog traffic",
    about: "A request or connection to preview: described, or as facts of single operators.",
    shape: trafficShape,
  },
};

/** The JSON Schema (draft 7, which editors of YAML know best) of a document of meshlog's own. */
export function documentSchema(kind: DocumentKind): object {
  const { title, about, shape } = documents[kind];
  return { $schema: "http://json-schema.org/draft-07/schema#", title, description: about, ...shape.schema };
}
