import { readFileSync } from "node:fs";
import { createServer as createHttpServer, request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { join } from "node:path";

const certificate = (name: string): string => readFileSync(join(import.meta.dirname, "certificates", name), "utf8");

/** The PEM texts of a side of mutual TLS. */
export function identity(side: "client" | "server"): {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
} {
  return { ca: certificate("ca.pem"), cert: certificate(`${side}.pem`), key: certificate(`${side}.key`) };
}

/** Headers that are hard to print: quotes, UTF-8, and bytes that are not. */
const headers = {
  host: "shop.example.com",
  "user-agent": "meshlog live",
  "x-a": "value of a, with spaces",
  "x-utf8": Buffer.from("Grüße, 世界 🚀").toString("latin1"),
  "x-raw": Buffer.from([0x61, 0xff, 0xfe, 0x62, 0xc3, 0x28]).toString("latin1"),
  "x-quote": 'say "hi" \\ there',
  "x-empty": "",
  "x-forwarded-for": "203.0.113.9, 198.51.100.7",
};

const path = "/up/items/7?x=1&name=J%C3%B6rg&empty=&r=%zz";

/** Sends one request and waits until it is answered. */
export function sendHttp(port: number, { isTls = false }: { readonly isTls?: boolean } = {}): Promise<void> {
  const options: RequestOptions = { host: "127.0.0.1", port, path, headers, agent: false };
  return new Promise((resolve, reject) => {
    const sent = isTls
      ? httpsRequest({
          ...options,
          ...identity("client"),
          servername: "edge.example.com",
          checkServerIdentity: () => undefined,
        })
      : httpRequest(options);
    sent.once("error", reject);
    sent.once("response", (response) => {
      response.once("end", resolve);
      response.resume();
    });
    sent.end();
  });
}

/** Sends five bytes, waits for five, and closes. */
export function sendTcp(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("hello"));
    socket.once("error", reject);
    socket.once("data", () => socket.end());
    socket.once("close", () => {
      resolve();
    });
  });
}

/** A server on a port of its own. */
export interface Upstream extends AsyncDisposable {
  readonly port: number;
}

/** Answers every request with headers that are hard to print. */
export function httpUpstream(): Promise<Upstream> {
  const server = createHttpServer((_, response) => {
    response.writeHead(200, { "content-type": "text/plain", "x-a": "from upstream", "x-utf8": headers["x-utf8"] });
    response.end("x".repeat(100_000));
  });
  return listening(server);
}

/** Sends back what it gets. */
export function echoUpstream(): Promise<Upstream> {
  return listening(createServer((socket) => socket.pipe(socket)));
}

function listening(server: Server): Promise<Upstream> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => {
            done();
          });
        });
      resolve({ port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close });
    });
  });
}
