import type { Target } from "@meshlog/parser";
import type { DocumentLink } from "vscode-languageserver";
import type { PolicyDocument } from "../document.ts";

/** Links from a policy to the pages of Kuma and Envoy for the newest release of the target. */
export function documentLinks(document: PolicyDocument, target: Target): DocumentLink[] {
  const { kuma, envoy } = target.members.at(-1) ?? {};
  return [...document.sections].flatMap(({ start, section }) =>
    section
      .readable()
      .filter((resource) => resource.kind === "MeshAccessLog")
      .flatMap(({ node, shape }) => {
        const kind = node.get(shape === "universal" ? "type" : "kind");
        if (kind === undefined || kuma === undefined || envoy === undefined) return [];
        const line = kuma.line === "main" ? "dev" : `${kuma.line}.x`;
        return [
          {
            range: document.rangeOf(kind, start),
            target: `https://kuma.io/docs/${line}/policies/meshaccesslog/`,
            tooltip: "MeshAccessLog in Kuma's documentation",
          },
        ];
      }),
  );
}
