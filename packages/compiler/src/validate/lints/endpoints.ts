import { oncePerText } from "../../bounded-memory.ts";
import { type Endpoint, splitEndpoint, urlEndpoint } from "../open-telemetry-endpoint.ts";
import { refusedSocket } from "../refused-socket.ts";
import type { PolicyLint } from "./lint.ts";

/** `host`, `host:port`, an IPv6 address with or without brackets: what an endpoint may look like. */
const usual = /^([^:@[\]%\s]+)(?::(\d{1,10}))?$/;
const bareIpv6 = /^[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*$/;
const ipv6 = /^\[([0-9a-fA-F:.]+)\](?::(\d{1,10}))?$/;

/** What an endpoint names, and what Kuma reads. */
interface JudgedEndpoint {
  readonly meant: Endpoint | undefined;
  readonly read: Readonly<Record<"split" | "url", Endpoint>>;
}

/** What is made of endpoints: many policies log to few. */
const judge = oncePerText(1000, (text): JudgedEndpoint => ({
  meant: whatItNames(text),
  read: { split: splitEndpoint(text), url: urlEndpoint(text) },
}));

const readings = ["split", "url"] as const;

/** OpenTelemetry endpoints that Kuma reads as another host or port than they name, or cannot use at all. */
export const endpoints: PolicyLint = ({ members }) => {
  const reading = readings.flatMap((way) => {
    const affects = members.where((facts) => facts.hasOpenTelemetry && facts.openTelemetryEndpoint === way);
    return affects.length === 0 ? [] : [{ way, affects }];
  });
  if (reading.length === 0) return undefined;
  return (policy) => {
    for (const { logger } of policy.backends) {
      const endpoint = logger?.endpoint;
      if (endpoint === undefined || endpoint.node.text === "") continue;
      const { node } = endpoint;
      const { meant, read } = judge(node.text);
      for (const { way, affects } of reading) {
        const { address: host, port } = read[way];
        if (isSame(read[way], meant)) continue;
        const message = refusedSocket("meshaccesslog:opentelemetry:0", read[way]);
        const parameters = { host, port };
        if (message === undefined) policy.say("lint/endpoint", node, parameters, { affects, at: endpoint.at });
        else {
          const controlPlane = { message };
          policy.say("generate/endpoint", node, parameters, { affects, at: endpoint.at, controlPlane });
        }
      }
    }
  };
};

/** The host and port that a text names to people; `undefined` if it is of no usual form. */
function whatItNames(text: string): Endpoint | undefined {
  if (bareIpv6.test(text)) return { address: text, port: 4317 };
  const [, address, digits = "4317"] = usual.exec(text) ?? ipv6.exec(text) ?? [];
  return address === undefined ? undefined : { address, port: Number(digits) };
}

/** Whether an endpoint is read as what it names, and can be one. */
function isSame(read: Endpoint, meant: Endpoint | undefined): boolean {
  return read.address === meant?.address && read.port === meant.port && read.port >= 1 && read.port <= 65_535;
}
