import { type Fields, fields } from "../source/fields.ts";
import type { Resource } from "../source/resources.ts";
import type { TargetRef } from "../validate/policy.ts";

/** A MeshHTTPRoute or MeshTCPRoute, as far as it shapes listeners. */
export interface RoutePolicy {
  readonly resource: Resource;
  readonly spec: { readonly targetRef?: TargetRef; readonly to: readonly RouteItem[] };
}

export interface RouteItem {
  readonly targetRef: TargetRef;
  readonly rules: readonly RouteRule[];
}

export interface RouteRule {
  /** The matches as text: rules of several policies with the same matches are one. Empty for a MeshTCPRoute. */
  readonly matches: string;
  /** One of the matches is nothing but the path prefix `/`. */
  readonly isCatchAll: boolean;
  /** `undefined` where the rule leaves them to others. */
  readonly backendRefs?: readonly RouteBackendRef[];
}

export interface RouteBackendRef {
  readonly targetRef: TargetRef;
  readonly port?: number;
  readonly weight: number;
}

/** Reads a MeshHTTPRoute or MeshTCPRoute. */
export function readRoutePolicy(resource: Resource): RoutePolicy {
  const spec = fields(resource.spec);
  const targetRef = spec.map("targetRef");
  return {
    resource,
    spec: {
      ...(targetRef === undefined ? {} : { targetRef: readTargetRef(targetRef) }),
      to: spec.maps("to").map((item) => ({
        targetRef: readTargetRef(item.map("targetRef") ?? fields(undefined)),
        rules: item.maps("rules").map(readRule),
      })),
    },
  };
}

/** Reads a policy of any kind as far as it selects proxies. */
export function readSelectingPolicy(resource: Resource): {
  readonly resource: Resource;
  readonly spec: { readonly targetRef?: TargetRef };
} {
  const targetRef = fields(resource.spec).map("targetRef");
  return { resource, spec: targetRef === undefined ? {} : { targetRef: readTargetRef(targetRef) } };
}

function readRule(rule: Fields): RouteRule {
  const conf = rule.map("default");
  const matches = rule.maps("matches").map(readMatch);
  return {
    matches: JSON.stringify(matches),
    isCatchAll: matches.includes(catchAll),
    ...(conf?.has("backendRefs") === true ? { backendRefs: conf.maps("backendRefs").map(readBackendRef) } : {}),
  };
}

/** A match as a text that is the same for the same match. */
function readMatch(match: Fields): string {
  const path = match.map("path");
  const parts = (name: string): readonly string[] =>
    match.maps(name).map((one) => JSON.stringify([one.string("type"), one.string("name"), one.string("value")]));
  return JSON.stringify({
    path: path === undefined ? null : [path.string("type"), path.string("value")],
    method: match.string("method"),
    headers: parts("headers"),
    queryParams: parts("queryParams"),
  });
}

const catchAll = JSON.stringify({ path: ["PathPrefix", "/"], headers: [], queryParams: [] });

function readBackendRef(ref: Fields): RouteBackendRef {
  const port = ref.number("port");
  return {
    targetRef: readTargetRef(ref),
    ...(port === undefined ? {} : { port }),
    weight: ref.number("weight") ?? 1,
  };
}

function readTargetRef(ref: Fields): TargetRef {
  const text = (name: "name" | "namespace" | "mesh" | "sectionName"): Partial<TargetRef> => {
    const value = ref.string(name);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    kind: ref.string("kind") ?? "",
    ...text("name"),
    ...text("namespace"),
    ...text("mesh"),
    ...text("sectionName"),
    ...(ref.has("labels") ? { labels: ref.record("labels") } : {}),
    ...(ref.has("tags") ? { tags: ref.record("tags") } : {}),
    ...(ref.has("proxyTypes") ? { proxyTypes: ref.strings("proxyTypes") } : {}),
  };
}
