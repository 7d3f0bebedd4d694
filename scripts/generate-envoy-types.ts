/**
 * Writes `packages/compiler/src/envoy/messages.ts`; to be run when the descriptors or `emitted-messages.ts` change. The
 * descriptors themselves are made, with Go, by `go run . ../../conformance/protobuf/envoy.binpb` in `scripts/descriptors`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { envoyTypes, envoyTypesFile } from "./envoy-types.ts";

mkdirSync(dirname(envoyTypesFile), { recursive: true });
writeFileSync(envoyTypesFile, await envoyTypes());
