import { spawnSync } from "node:child_process";
import { constants, openSync } from "node:fs";
import { connect, Socket } from "node:net";
import { createInterface } from "node:readline";
import { goJson } from "../../packages/compiler/src/validate/go-json.ts";

/** A line that Envoy writes for Kuma's TCP backend: where a message is to go, and the message. */
interface Wrapped {
  readonly address: string;
  readonly message: string | object;
}

/**
 * The part of kuma-dp behind Kuma's TCP backend: makes the named pipe that Envoy writes to, reads a line of JSON at a
 * time, and sends each message to its address, a text as it is, anything else as a line of JSON
 * (app/kuma-dp/pkg/dataplane/accesslogs/streamer.go:106@v2.14.3).
 *
 * @param pipe Where the pipe is made; it has to be there before Envoy opens it, and nothing else may be.
 * @param portOf The port of 127.0.0.1 that stands for an address (`host:port`) of a policy.
 */
export function openAccessLogStreamer(pipe: string, portOf: (address: string) => number): Disposable {
  const { status, stderr } = spawnSync("mkfifo", [pipe], { encoding: "utf8" });
  if (status !== 0) throw new Error(`There is no pipe ${pipe}: ${stderr}`);
  // Open for writing too, so that it opens before Envoy does and does not end when Envoy does.
  const reader = new Socket({ fd: openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK), writable: false });
  const senders = new Map<string, Socket>();
  const senderTo = (address: string): Socket => {
    const sender = senders.get(address) ?? connect(portOf(address), "127.0.0.1");
    senders.set(address, sender);
    return sender;
  };
  createInterface(reader).on("line", (line) => {
    const { address, message } = JSON.parse(line) as Wrapped;
    senderTo(address).write(typeof message === "string" ? message : `${goJson(message)}\n`);
  });
  return {
    [Symbol.dispose]: () => {
      reader.destroy();
      for (const sender of senders.values()) sender.destroy();
    },
  };
}
