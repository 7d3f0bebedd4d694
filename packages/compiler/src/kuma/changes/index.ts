import type { Change } from "../change.ts";
import { backends } from "./backends.ts";
import { formats } from "./formats.ts";
import { inbounds } from "./inbounds.ts";
import { policies } from "./policies.ts";

/** Every change that meshlog knows, by subject and oldest first within one: later ones are laid over earlier ones. */
export const changes: readonly Change[] = [...formats, ...backends, ...inbounds, ...policies];
