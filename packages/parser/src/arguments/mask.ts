import { allMinors } from "../minors.ts";
import { type ArgumentNode, type ArgumentSource, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** The length of a network prefix: `24` prints `10.1.2.0/24` instead of `10.1.2.3`. */
export interface MaskArgument extends ArgumentNode<"mask"> {
  /** Absent where the text is no integer: Envoy then masks nothing. */
  readonly length?: number;
}

export function readMask(source: ArgumentSource): MaskArgument {
  const isInteger = /^\s*[-+]?[0-9]{1,10}\s*$/.test(source.masked);
  return { ...whole("mask", source), ...(isInteger && { length: Number(source.masked) }) };
}

/** Envoy refuses no mask; one that is no integer masks nothing. */
export function checkMask(argument: MaskArgument, call: CallCheck): void {
  if (argument.length !== undefined || argument.text === "") return;
  call.note("lint/unknown-option", argument, { option: argument.text, name: call.name }, allMinors);
}
