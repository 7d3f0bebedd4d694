import { createServer, type AddressInfo, type Socket } from "node:net";
import { until } from "./until.ts";

/** A server that takes log lines over TCP, as a sink of Kuma's TCP backend does. */
export interface TcpSink extends AsyncDisposable {
  /** Its port of 127.0.0.1. */
  readonly port: number;
  /** Waits for that many complete lines, and gives all that came, in order and without their newlines. */
  lines(count: number): Promise<readonly string[]>;
}

/** Opens a sink on a free port. */
export async function openTcpSink(): Promise<TcpSink> {
  let received = "";
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setEncoding("utf8").on("data", (text: string) => {
      received += text;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    lines: (count) =>
      until(`the sink has ${count} lines`, () => {
        const lines = received.split("\n").slice(0, -1);
        return lines.length >= count ? lines : undefined;
      }),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
