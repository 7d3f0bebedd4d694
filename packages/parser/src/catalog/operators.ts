import { bytes } from "./bytes.ts";
import { downstream } from "./downstream.ts";
import { downstreamTls } from "./downstream-tls.ts";
import { durations } from "./durations.ts";
import { expressions } from "./expressions.ts";
import { headers } from "./headers.ts";
import { kuma } from "./kuma.ts";
import { metadata } from "./metadata.ts";
import type { KumaOperatorFacts, OperatorFacts } from "./operator.ts";
import { process } from "./process.ts";
import { request } from "./request.ts";
import { response } from "./response.ts";
import { times } from "./times.ts";
import { traces } from "./traces.ts";
import { upstream } from "./upstream.ts";
import { upstreamTls } from "./upstream-tls.ts";

/** Every operator of Envoy, by name, subject by subject. */
export const operators: ReadonlyMap<string, OperatorFacts> = new Map(
  [
    headers,
    request,
    response,
    downstream,
    upstream,
    downstreamTls,
    upstreamTls,
    bytes,
    durations,
    times,
    traces,
    metadata,
    process,
    expressions,
  ].flatMap((subject) => Object.entries(subject)),
);

/** Every operator of Kuma, by name, in the order in which Kuma replaces them. */
export const kumaOperators: ReadonlyMap<string, KumaOperatorFacts> = new Map(Object.entries(kuma));
