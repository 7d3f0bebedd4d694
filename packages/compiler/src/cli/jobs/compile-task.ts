import type { Layout } from "../../emit/layout.ts";
import type { WrittenProxy } from "../../emit/text.ts";
import type { ControlPlane } from "../../kuma/control-plane.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { ProxyOptions } from "../wanted-proxies.ts";
import type { ProxyShares } from "./proxy-shares.ts";

/** What a worker that compiles a part of the proxies is told. It reads the bundle by itself: a copy would cost as much. */
export interface CompileTask {
  readonly kind: "compile";
  readonly sources: readonly SourceFile[];
  /** The release of Kuma, by name. */
  readonly kuma: string;
  readonly controlPlane: ControlPlane;
  readonly explains: boolean;
  readonly layout: Layout;
  /** Which proxies are wanted. */
  readonly wanted: ProxyOptions;
  readonly shares: ProxyShares;
}

/** What a worker made. */
export interface CompiledShare {
  readonly share: number;
  readonly proxies: readonly WrittenProxy[];
}
