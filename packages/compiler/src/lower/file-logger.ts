import type { FileAccessLog, SubstitutionFormatString, Typed } from "../envoy/messages.ts";
import { type KumaValues, unlinked } from "../kuma/kuma-operators.ts";
import { fileFormat, type FormatTemplate, isFixed, tcpFormat } from "./format.ts";

/** A logger that writes a file. */
export interface FileTemplate {
  readonly kind: "file";
  readonly path: string;
  readonly format: FormatTemplate;
  /** The whole configuration, where no proxy changes it. */
  readonly fixed?: FileConfig;
}

/** A TCP sink is reached through the proxy's access-log socket, which a proxy alone knows. */
export interface TcpTemplate {
  readonly kind: "tcp";
  readonly address: string;
  readonly format: FormatTemplate;
  /** The whole format, where no proxy changes it. */
  readonly fixed?: SubstitutionFormatString;
}

type FileConfig = Typed<"envoy.extensions.access_loggers.file.v3.FileAccessLog", FileAccessLog>;

export function fileTemplate(path: string, format: FormatTemplate): FileTemplate {
  const template = { kind: "file", path, format } as const;
  return isFixed(format) ? { ...template, fixed: linkFile(template, unlinked) } : template;
}

export function tcpTemplate(address: string, format: FormatTemplate): TcpTemplate {
  const template = { kind: "tcp", address, format } as const;
  return isFixed(format) ? { ...template, fixed: tcpFormat(address, format, unlinked) } : template;
}

/** The configuration of a file logger in a proxy (meshaccesslog/plugin/xds/configurer.go:222@v2.14.3). */
export function linkFile({ path, format, fixed }: FileTemplate, values: KumaValues): FileConfig {
  return fixed ?? fileConfig(path, fileFormat(format, values));
}

/** The configuration of a TCP logger in a proxy (meshaccesslog/plugin/xds/configurer.go:185@v2.14.3). */
export function linkTcp({ address, format, fixed }: TcpTemplate, values: KumaValues, socketPath: string): FileConfig {
  return fileConfig(socketPath, fixed ?? tcpFormat(address, format, values));
}

function fileConfig(path: string, logFormat: SubstitutionFormatString): FileConfig {
  return {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
    ...(path === "" ? {} : { path }),
    logFormat,
  };
}
