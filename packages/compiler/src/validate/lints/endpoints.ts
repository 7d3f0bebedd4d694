import { child, textAt } from "../format-places.ts";
import type { PolicyLint } from "./lint.ts";

/** `host`, `host:port`, both without what Kuma's readings of an endpoint disagree about. */
const usual = /^[^:@[\]%\s]+(?::(\d{1,10}))?$/;
const ipv6 = /^(?:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*|\[[0-9a-fA-F:.]+\](?::(\d{1,10}))?)$/;

interface Destination {
  readonly host: string;
  readonly port: number;
}

/** OpenTelemetry endpoints that Kuma reads as another host or port than they name, or cannot use at all. */
export const endpoints: PolicyLint = function* ({ backends, members, say }) {
  const split = members.where((facts) => facts.hasOpenTelemetry && facts.openTelemetryEndpoint === "split");
  const url = members.where((facts) => facts.hasOpenTelemetry && facts.openTelemetryEndpoint === "url");
  for (const backend of backends) {
    const logger = child(backend.node, backend.at, "openTelemetry");
    const endpoint = logger && textAt(logger, "endpoint");
    if (endpoint === undefined || endpoint.node.text === "") continue;
    const { node, at } = endpoint;
    const torn = readSplit(node.text);
    if (split.length > 0 && torn !== undefined) {
      const isRefused = torn.host === "" || torn.port < 0 || torn.port > 65_535;
      yield isRefused
        ? say(
            "generate/endpoint",
            node,
            { host: torn.host, port: torn.port },
            {
              affects: split,
              at,
              controlPlane: { message: refusedCluster },
            },
          )
        : say("lint/endpoint", node, { host: torn.host, port: torn.port }, { affects: split, at });
    }
    const whole = readUrl(node.text);
    if (url.length > 0 && whole !== undefined) {
      yield say("lint/endpoint", node, { host: whole.host, port: whole.port }, { affects: url, at });
    }
  }
};

/** The start of what the control plane's own validation of the cluster says (conformance/kuma/otel-vectors.json). */
const refusedCluster =
  'invalid resource "meshaccesslog:opentelemetry:0": invalid Cluster.LoadAssignment: embedded message failed validation';

/**
 * Where Kuma up to 2.13 goes: it splits at colons and takes the first two parts, and a port that is no number is 0
 * (meshaccesslog/plugin/xds/configurer.go:92@2.5.11). `undefined` where that is what the text says.
 */
function readSplit(text: string): Destination | undefined {
  const [host = "", digits = "", ...more] = text.split(":");
  const match = usual.exec(text);
  if (match !== null && (match[1] === undefined || isPort(match[1]))) return undefined;
  const isNumber = /^[+-]?\d+$/.test(digits);
  const port = !text.includes(":") ? 4317 : isNumber ? Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Number(digits))) : 0;
  return more.length === 0 && host !== "" && isNumber && isPort(digits) ? undefined : { host, port };
}

/**
 * Where Kuma from 2.14 on goes (pkg/plugins/policies/core/xds/otel.go:336@v2.14.3): what is no authority of a URL is a
 * host as a whole, and a port out of range is 4317.
 */
function readUrl(text: string): Destination | undefined {
  const match = usual.exec(text) ?? ipv6.exec(text);
  if (match !== null) {
    const [, digits] = match;
    return digits === undefined || isPort(digits)
      ? undefined
      : { host: text.slice(0, text.lastIndexOf(":")), port: 4317 };
  }
  return { host: text, port: 4317 };
}

function isPort(digits: string): boolean {
  const port = Number(digits);
  return port >= 1 && port <= 65_535;
}
