import { run } from "./run.ts";
import { standardStreams } from "./streams.ts";

/** The program `meshlog`. */
process.exitCode = await run(process.argv, standardStreams());
