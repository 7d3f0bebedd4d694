/**
 * The operators that Kuma replaces before Envoy sees a format, in the order in which it replaces them
 * (pkg/xds/envoy/listeners/v3/access_log_configurer.go:49@v2.14.3).
 */
export const kumaOperators = [
  "KUMA_SOURCE_ADDRESS",
  "KUMA_SOURCE_ADDRESS_WITHOUT_PORT",
  "KUMA_SOURCE_SERVICE",
  "KUMA_DESTINATION_SERVICE",
  "KUMA_MESH",
  "KUMA_TRAFFIC_DIRECTION",
  "KUMA_ZONE",
  "KUMA_WORKLOAD",
] as const;

/** The name of an operator of Kuma. */
export type KumaOperator = (typeof kumaOperators)[number];

/** The operators of Kuma up to 2.13: without zone and workload. */
export const firstKumaOperators: readonly KumaOperator[] = kumaOperators.slice(0, 6);

/** Whether a name is that of an operator of Kuma. */
export function isKumaOperator(name: string): name is KumaOperator {
  return kumaOperators.some((operator) => operator === name);
}

/** What each operator of Kuma becomes for one proxy and one kind of traffic. */
export type KumaValues = Readonly<Record<KumaOperator, string>>;

/** Every operator for itself: what a text keeps that nothing has been filled into. */
export const unlinked: KumaValues = Object.fromEntries(kumaOperators.map((name) => [name, `%${name}%`])) as Record<
  KumaOperator,
  string
>;
