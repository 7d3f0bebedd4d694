import { kinds } from "./kinds.ts";

const anyKind = new RegExp(Object.keys(kinds).join("|"));

/** Whether a text names a kind that meshlog reads. One that does not holds no resource, and need not be read. */
export function namesKind(text: string): boolean {
  return anyKind.test(text);
}
