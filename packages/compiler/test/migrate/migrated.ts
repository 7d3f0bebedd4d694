import { type KumaRelease, kumaReleases } from "@meshlog/parser";
import type { ControlPlane } from "../../src/kuma/control-plane.ts";
import { migrate } from "../../src/migrate/migrate.ts";
import { load } from "../../src/source/load.ts";

/** What a file becomes, and what is said to it. */
export interface Migrated {
  readonly text: string;
  /** `code: message`, each with the characters that it is about. */
  readonly said: readonly string[];
}

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly path?: string;
  readonly controlPlane?: ControlPlane;
}

/** Migrates a file. */
export function migrated(
  text: string,
  { from = "2.0.0", to = "2.14.3", path = "a.yaml", controlPlane = {} }: Options = {},
): Migrated {
  const { value, diagnostics } = migrate(load([{ path, content: text }]).value, {
    from: release(from),
    to: release(to),
    controlPlane,
  });
  return {
    text: value.bundle.files[0]?.text ?? "",
    said: diagnostics.map(({ code, start, end, severity }) => `${severity} ${code}: ${text.slice(start, end)}`),
  };
}

function release(name: string): KumaRelease {
  const found = kumaReleases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no Kuma ${name}`);
  return found;
}

/** A policy with a spec, each line of which is indented by two. */
export function policy(spec: string, name = "a"): string {
  return `type: MeshAccessLog\nmesh: default\nname: ${name}\nspec:\n${spec.replaceAll(/^(?=.)/gm, "  ")}`;
}
