import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, fromBinary, type FileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** The descriptors of Envoy's messages that meshlog emits, made by `scripts/descriptors`. */
export const descriptorFile = join(import.meta.dirname, "envoy.binpb");

/** All messages of {@link descriptorFile}, by name. */
export const registry: FileRegistry = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, readFileSync(descriptorFile)),
);
