import type { TcpProxyTcpAccessLogOptions } from "../envoy/messages.ts";

/**
 * The access log options of every TCP proxy of a zone-proxy listener that any rule selects, even one without backends:
 * else a long-lived tunnel would be logged only when it ends (meshaccesslog/plugin/v1alpha1/plugin.go:240@v2.14.3).
 */
export const zoneProxyOptions: TcpProxyTcpAccessLogOptions = { flushAccessLogOnConnected: true };
