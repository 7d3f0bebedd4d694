export { createServer } from "./server.ts";
export type { Server } from "./server.ts";
export type { Settings } from "./settings.ts";
