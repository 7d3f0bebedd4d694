/**
 * Random conversations of a client with the language server: sound messages and broken ones, in any order, to a server in
 * this process and, every fiftieth, to the program on its standard streams. Nothing may throw, every request gets one
 * answer, which is an error of the protocol or what the method answers, and the program ends when its client is gone.
 *
 *     node --conditions=@meshlog/source conformance/fuzz-messages.ts [SEED] [COUNT]
 *
 * writes COUNT messages and prints the figures in its last line; what fails is printed with the number of its
 * conversation, and can be had again by the seed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { converseInProcess, converseWithProgram } from "./messages/converse.ts";
import { randomConversations } from "./messages/random-messages.ts";
import { randomNumbers } from "./random.ts";

/** What a run found. */
export interface MessageFigures {
  readonly messages: number;
  readonly conversations: number;
  /** Requests that were answered as they have to be are among these. */
  readonly requests: number;
  readonly failures: readonly string[];
}

/** Writes at least `count` messages of a seed, in conversations of some dozens. */
export async function fuzzMessages(seed: number, count: number): Promise<MessageFigures> {
  const random = randomNumbers(seed);
  const failures: string[] = [];
  let [messages, conversations, requests] = [0, 0, 0];
  const thrown = (error: unknown): void => {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    failures.push(`conversation ${conversations}: thrown: ${told}`);
  };
  process.on("uncaughtException", thrown).on("unhandledRejection", thrown);
  const folder = mkdtempSync(join(tmpdir(), "meshlog-messages-"));
  try {
    for (const conversation of randomConversations(random)) {
      const converse = conversations % 50 === 49 ? converseWithProgram : converseInProcess;
      // What a client answers comes in the order of the server's questions, which is not ours: it has a seed of its own.
      const faults = await converse(conversation, randomNumbers(seed + conversations), folder);
      failures.push(...faults.map((fault) => `conversation ${conversations}: ${fault}`));
      conversations++;
      messages += conversation.pieces.length;
      requests += conversation.pieces.filter(({ request }) => request !== undefined).length;
      if (messages >= count) break;
    }
  } finally {
    rmSync(folder, { recursive: true });
    process.off("uncaughtException", thrown).off("unhandledRejection", thrown);
  }
  return { messages, conversations, requests, failures };
}

if (import.meta.main) {
  const [seed = 1, count = 1000] = process.argv.slice(2).map(Number);
  const { messages, conversations, requests, failures } = await fuzzMessages(seed, count);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  console.log(
    `seed ${seed}: ${messages} messages in ${conversations} conversations, ${requests} requests, ${failures.length} failures`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}
