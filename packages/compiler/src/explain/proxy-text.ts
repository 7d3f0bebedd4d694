import type {
  ExplainedItem,
  ExplainedListener,
  ItemPlace,
  PolicyPlace,
  ProxyExplanation,
} from "./proxy-explanation.ts";
import { targetRefText } from "./selection-reasons.ts";

/** How many policies that do not select a proxy are named. */
const mostNamed = 10;

/**
 * An explanation for people.
 *
 * @param safe makes a text that comes from a file fit for one line.
 */
export function proxyText(explanation: ProxyExplanation, safe: (text: string) => string): string {
  const { kuma, envoy, mesh, name, gateway, error, policies, notSelected, refused, listeners } = explanation;
  const blocks = [
    [
      `${mesh}/${name}, Kuma ${kuma}, Envoy ${envoy}`,
      ...(gateway === undefined ? [] : [`  configured by the MeshGateway ${gateway}`]),
      ...(error === undefined ? [] : [`  Kuma fails to generate it: ${error}`]),
    ],
    policies.length === 0
      ? ["No policy selects it."]
      : [
          "Selected by, weakest first:",
          ...policies.flatMap(({ targetRef, selects, stronger, ...place }) => [
            `  ${placeText(place)}  ${targetRefText(targetRef)}${selects.length === 0 ? "" : ` at ${selects.join(", ")}`}`,
            ...(stronger === undefined ? [] : [`    stronger by ${stronger.text}`]),
          ]),
        ],
    ...capped("Not selected by:", notSelected, ({ targetRef, text, ...place }) => [
      `  ${placeText(place)}  ${targetRefText(targetRef)}: ${text}`,
    ]),
    ...capped("Refused by Kuma, so left out:", refused, (place) => [`  ${placeText(place)}`]),
    ...listeners.map(listenerLines),
  ];
  return blocks.map((lines) => lines.map((line) => `${safe(line)}\n`).join("")).join("\n");
}

function capped<T>(
  title: string,
  all: readonly T[],
  show: (one: T) => readonly string[],
): readonly (readonly string[])[] {
  if (all.length === 0) return [];
  const more = all.length - mostNamed;
  return [[title, ...all.slice(0, mostNamed).flatMap(show), ...(more > 0 ? [`  and ${more} more`] : [])]];
}

function placeText({ policy, file, line }: PolicyPlace): string {
  return `${policy} (${file}:${line})`;
}

function itemText({ path, ...place }: ItemPlace): string {
  return `${path} of ${placeText(place)}`;
}

function listenerLines({
  name,
  resource,
  context,
  direction,
  protocol,
  filters,
  because,
  nothing,
}: ExplainedListener): readonly string[] {
  const facts = [context, direction, protocol === "" ? "unknown protocol" : protocol, ...filters.map(shortName)];
  return [
    `${name ?? `${resource} (its name is not known)`}: ${facts.join(", ")}`,
    ...because.flatMap(itemLines),
    ...(nothing === undefined ? [] : [`  logs nothing: ${nothing.text}`]),
  ];
}

/** `http_connection_manager` */
function shortName(filter: string): string {
  return filter.slice(filter.lastIndexOf(".") + 1);
}

function itemLines(item: ExplainedItem): readonly string[] {
  const { match, route, backends, overrides, values } = item;
  const widest = Math.max(0, ...values.map(({ operator }) => operator.length));
  return [
    `  ${itemText(item)}${match === undefined ? "" : `, for connections with ${matchText(match)}`}${route === undefined ? "" : `, for the route ${route}`}`,
    ...(backends.length === 0 ? ["    no backends"] : backends.map((backend) => `    ${backend}`)),
    ...values.map(
      ({ operator, value, from }) =>
        `    %${operator}%${" ".repeat(widest - operator.length)}  ${value === "" ? '""' : value}  (${from})`,
    ),
    ...overrides.map(
      (override) =>
        `    ${override.reason === "replaced" ? "overrides" : "passes over"} ${itemText(override)}: ${override.text}`,
    ),
  ];
}

function matchText({ spiffeID, sni }: NonNullable<ExplainedItem["match"]>): string {
  return [
    ...(spiffeID === undefined ? [] : [`SPIFFE id ${spiffeID.type === "Exact" ? "" : "from "}${spiffeID.value}`]),
    ...(sni === undefined ? [] : [`SNI ${sni.value}`]),
  ].join(" and ");
}
