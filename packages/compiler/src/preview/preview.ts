import { type Facts, type KumaRelease, type RenderOptions, type Result } from "@meshlog/parser";
import type { Compiled } from "../compile.ts";
import type { AccessLog } from "../envoy/messages.ts";
import type { CompiledItem } from "../emit/compiled.ts";
import type { EnvoyRelease } from "@meshlog/parser";
import { previewLogger, type Written } from "./preview-logger.ts";
import { sampleKumaValues, sideOf } from "./sample-values.ts";

/** What is written where, and by which part of which policy, or on which listener of which proxy. */
export interface Previewed extends Result<Written | undefined> {
  readonly mesh: string;
  /** The items of policies that it comes from; several are merged. */
  readonly items: readonly PreviewedItem[];
  readonly proxy?: string;
  readonly listener?: string;
  /** `outbound http`, `inbound tcp`, `outbound passthrough`. */
  readonly context: string;
  /** Which of the loggers there, from 0. */
  readonly logger: number;
}

export interface PreviewedItem {
  readonly policy: string;
  /** `spec.to[0]` */
  readonly path: string;
}

/** What a preview is made from. */
export interface PreviewOptions {
  readonly facts: Facts;
  readonly kuma: KumaRelease;
  /** The Envoy that prints; by default the one that the Kuma ships. */
  readonly envoy?: EnvoyRelease;
  readonly timezone?: string;
}

/** The lines of the items of policies, with sample values for Kuma's operators. */
export function previewPolicies(
  { policies }: Pick<Compiled, "policies">,
  options: PreviewOptions,
): readonly Previewed[] {
  return policies.flatMap(({ mesh, name, items }) =>
    items.flatMap((item) =>
      contextsOf(item, options.facts).flatMap(({ context, loggers }) => {
        const kumaValues = sampleKumaValues(sideOf(item.path));
        return each(loggers, { ...options, kumaValues }).map((line) => ({
          mesh,
          items: [{ policy: name, path: item.path }],
          context,
          ...line,
        }));
      }),
    ),
  );
}

/** The lines of the listeners of proxies, with the values that Kuma gives them. */
/** @param compiled with the reasons of each listener. */
export function previewProxies(
  { policies, proxies }: Pick<Compiled, "policies" | "proxies">,
  options: PreviewOptions,
): readonly Previewed[] {
  const filter = isHttp(options.facts)
    ? "envoy.filters.network.http_connection_manager"
    : "envoy.filters.network.tcp_proxy";
  return [...proxies].flatMap(({ mesh, name, listeners }) =>
    listeners
      .filter((listener) => listener.filter === filter)
      .flatMap(({ name: listener, resource, context, protocol, accessLog, because = [] }) =>
        each(accessLog, { ...options, kumaValues: {} }).map((line) => ({
          mesh,
          proxy: name,
          listener: listener ?? resource,
          items: because.flatMap(({ policy, item }) => itemAt(policies, policy, item)),
          context: `${context} ${protocol}`,
          ...line,
        })),
      ),
  );
}

function itemAt(policies: Compiled["policies"], policy: number, item: number): readonly PreviewedItem[] {
  const [name, path] = [policies[policy]?.name, policies[policy]?.items[item]?.path];
  return name === undefined || path === undefined ? [] : [{ policy: name, path }];
}

/** The loggers of an item for the kind of traffic: default formats differ. */
function contextsOf(
  { path, accessLog }: CompiledItem,
  facts: Facts,
): readonly { readonly context: string; readonly loggers: readonly AccessLog[] }[] {
  const side = sideOf(path);
  if (isHttp(facts)) return [{ context: `${side} http`, loggers: accessLog.http }];
  const tcp = { context: `${side} tcp`, loggers: accessLog.tcp };
  const isOther = JSON.stringify(accessLog.passthrough) !== JSON.stringify(accessLog.tcp);
  const passthrough = { context: `${side} passthrough`, loggers: accessLog.passthrough };
  return side === "outbound" && isOther ? [tcp, passthrough] : [tcp];
}

/** Whether the traffic is HTTP: only that has a protocol. */
function isHttp({ facts }: Facts): boolean {
  return typeof facts["%PROTOCOL%"] === "string";
}

function each(
  loggers: readonly AccessLog[],
  { facts, kuma, envoy = kuma.envoy, timezone, kumaValues }: PreviewOptions & Pick<RenderOptions, "kumaValues">,
): readonly (Result<Written | undefined> & { readonly logger: number })[] {
  const release = { name: kuma.name, kuma, envoy };
  const options = { release, kumaValues: kumaValues ?? {}, ...(timezone !== undefined && { timezone }) };
  return loggers.map((logger, index) => ({ logger: index, ...previewLogger(logger, facts, options) }));
}
