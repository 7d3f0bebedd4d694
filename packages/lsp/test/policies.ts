/** Policies that tests are about. */

/** A policy whose format is written as given, at the end of its last line. */
export function policy(format: string): string {
  return `type: MeshAccessLog\nname: a\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file:\n          path: /dev/stdout\n          format:\n            type: Plain\n            plain: ${format}\n`;
}

/** A policy as an item of a list, its name and its format as given. */
export function item(name: string, format: string): string {
  return `- apiVersion: kuma.io/v1alpha1\n  kind: MeshAccessLog\n  metadata:\n    name: ${name}\n    namespace: kuma-system\n  spec:\n    rules:\n    - default:\n        backends:\n        - type: File\n          file:\n            path: /dev/stdout\n            format:\n              type: Plain\n              plain: ${format}\n`;
}

/** Items as kubectl prints them. */
export function list(...items: readonly string[]): string {
  return `apiVersion: v1\nitems:\n${items.join("")}kind: List\nmetadata:\n  resourceVersion: ""\n`;
}
