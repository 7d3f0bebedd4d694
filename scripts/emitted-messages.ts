/** What meshlog emits of a message: all its fields, or these, by their names in the .proto file. */
type Fields = "all" | readonly string[];

/** The messages that meshlog emits. Enums and the wrappers of values come with the fields that have them. */
export const emittedMessages: Readonly<Record<string, Fields>> = {
  "envoy.config.accesslog.v3.AccessLog": "all",
  "envoy.config.accesslog.v3.AccessLogFilter": ["metadata_filter", "extension_filter"],
  "envoy.config.accesslog.v3.MetadataFilter": "all",
  "envoy.type.matcher.v3.MetadataMatcher": ["filter", "path", "value"],
  "envoy.type.matcher.v3.MetadataMatcher.PathSegment": "all",
  "envoy.type.matcher.v3.ValueMatcher": ["null_match", "string_match"],
  "envoy.type.matcher.v3.ValueMatcher.NullMatch": "all",
  "envoy.type.matcher.v3.StringMatcher": ["exact"],
  "envoy.config.accesslog.v3.ExtensionFilter": "all",
  "envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter": ["expression"],

  "envoy.extensions.access_loggers.file.v3.FileAccessLog": ["path", "log_format"],
  "envoy.config.core.v3.SubstitutionFormatString": ["text_format_source", "json_format", "omit_empty_values"],
  "envoy.config.core.v3.DataSource": ["inline_string"],

  "envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig": [
    "common_config",
    "log_name",
    "grpc_service",
    "resource_attributes",
    "body",
    "attributes",
  ],
  "envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig": [
    "log_name",
    "grpc_service",
    "transport_api_version",
  ],
  "envoy.config.core.v3.GrpcService": ["envoy_grpc"],
  "envoy.config.core.v3.GrpcService.EnvoyGrpc": ["cluster_name"],
  "opentelemetry.proto.common.v1.AnyValue": "all",
  "opentelemetry.proto.common.v1.ArrayValue": "all",
  "opentelemetry.proto.common.v1.KeyValueList": "all",
  "opentelemetry.proto.common.v1.KeyValue": ["key", "value"],

  "envoy.config.cluster.v3.Cluster": [
    "name",
    "alt_stat_name",
    "type",
    "dns_lookup_family",
    "connect_timeout",
    "load_assignment",
    "circuit_breakers",
    "typed_extension_protocol_options",
  ],
  "envoy.config.cluster.v3.CircuitBreakers": ["thresholds"],
  "envoy.config.cluster.v3.CircuitBreakers.Thresholds": ["track_remaining"],
  "envoy.config.endpoint.v3.ClusterLoadAssignment": ["cluster_name", "endpoints"],
  "envoy.config.endpoint.v3.LocalityLbEndpoints": ["lb_endpoints"],
  "envoy.config.endpoint.v3.LbEndpoint": ["endpoint"],
  "envoy.config.endpoint.v3.Endpoint": ["address"],
  "envoy.config.core.v3.Address": ["socket_address", "pipe"],
  "envoy.config.core.v3.SocketAddress": ["address", "port_value"],
  "envoy.config.core.v3.Pipe": ["path"],
  "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": ["explicit_http_config"],
  "envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig": ["http2_protocol_options"],
  "envoy.config.core.v3.Http2ProtocolOptions": [],

  "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter": ["name", "typed_config"],
  "envoy.extensions.filters.http.lua.v3.Lua": ["default_source_code"],
  "envoy.config.core.v3.Metadata": ["filter_metadata"],
  "envoy.config.listener.v3.ListenerFilter": ["name", "typed_config"],
  "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector": [],
  "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.TcpAccessLogOptions": ["flush_access_log_on_connected"],
};

/** Which messages meshlog puts into a field that is a google.protobuf.Any. */
export const emittedAnys: Readonly<Record<string, readonly string[]>> = {
  "envoy.config.accesslog.v3.AccessLog.typed_config": [
    "envoy.extensions.access_loggers.file.v3.FileAccessLog",
    "envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
  ],
  "envoy.config.accesslog.v3.ExtensionFilter.typed_config": [
    "envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
  ],
  "envoy.config.cluster.v3.Cluster.typed_extension_protocol_options": [
    "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
  ],
  "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter.typed_config": [
    "envoy.extensions.filters.http.lua.v3.Lua",
  ],
  "envoy.config.listener.v3.ListenerFilter.typed_config": [
    "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector",
  ],
};
