import { fromBinary, toBinary, create, toJson, type DescMessage } from "@bufbuild/protobuf";
import { Server, ServerCredentials, type ServiceDefinition, type handleUnaryCall } from "@grpc/grpc-js";
import type { AnyValue } from "../../packages/compiler/src/envoy/messages.ts";
import { registry } from "../protobuf/registry.ts";
import { until } from "./until.ts";

interface Attribute {
  readonly key: string;
  readonly value: AnyValue;
}

/** A log record as a collector gets it, with what its request says of all of its records. */
export interface ReceivedRecord {
  /** The attributes of the resource, in order. */
  readonly resource: readonly Attribute[];
  /** When it happened, in nanoseconds since 1970. */
  readonly timeUnixNano: bigint;
  readonly body: AnyValue | undefined;
  readonly attributes: readonly Attribute[];
}

/** A collector of OpenTelemetry logs that speaks OTLP over gRPC, without TLS. */
export interface OtlpReceiver extends AsyncDisposable {
  /** Its port of 127.0.0.1. */
  readonly port: number;
  /** Waits for that many records, and gives all that came, in order. */
  records(count: number): Promise<readonly ReceivedRecord[]>;
}

/** An `ExportLogsServiceRequest` in protobuf JSON, as far as Envoy fills it. */
interface ExportRequest {
  readonly resourceLogs?: readonly {
    readonly resource?: { readonly attributes?: readonly Attribute[] };
    readonly scopeLogs?: readonly {
      readonly logRecords?: readonly {
        readonly timeUnixNano?: string;
        readonly body?: AnyValue;
        readonly attributes?: readonly Attribute[];
      }[];
    }[];
  }[];
}

function message(name: string): DescMessage {
  const found = registry.getMessage(`opentelemetry.proto.collector.logs.v1.${name}`);
  if (found === undefined) throw new Error(`There are no descriptors of ${name}; see scripts/descriptors.`);
  return found;
}

const request = message("ExportLogsServiceRequest");
const response = message("ExportLogsServiceResponse");

/** `opentelemetry.proto.collector.logs.v1.LogsService`; what a client would need of it is of no use here. */
const service: ServiceDefinition = {
  export: {
    path: "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
    requestStream: false,
    responseStream: false,
    requestSerialize: (json: Buffer) => json,
    requestDeserialize: (bytes): ExportRequest => toJson(request, fromBinary(request, bytes), { registry }) as object,
    responseSerialize: () => Buffer.from(toBinary(response, create(response))),
    responseDeserialize: (bytes) => bytes,
  },
};

/** Opens a receiver on a free port. */
export async function openOtlpReceiver(): Promise<OtlpReceiver> {
  const received: ReceivedRecord[] = [];
  const take: handleUnaryCall<ExportRequest, object> = (call, answer) => {
    received.push(...recordsOf(call.request));
    answer(null, {});
  };
  const server = new Server();
  server.addService(service, { export: take });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (problem, bound) => {
      if (problem === null) resolve(bound);
      else reject(problem);
    });
  });
  return {
    port,
    records: (count) =>
      until(`the collector has ${count} records`, () => (received.length >= count ? received : undefined)),
    [Symbol.asyncDispose]: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

function recordsOf({ resourceLogs = [] }: ExportRequest): readonly ReceivedRecord[] {
  return resourceLogs.flatMap(({ resource, scopeLogs = [] }) =>
    scopeLogs.flatMap(({ logRecords = [] }) =>
      logRecords.map(({ timeUnixNano = "0", body, attributes = [] }) => ({
        resource: resource?.attributes ?? [],
        timeUnixNano: BigInt(timeUnixNano),
        body,
        attributes,
      })),
    ),
  );
}
