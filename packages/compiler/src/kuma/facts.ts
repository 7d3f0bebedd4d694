import { type ListenerFacts, oldestListeners } from "./listener-facts.ts";
import { type LoggerFacts, oldestLoggers } from "./logger-facts.ts";
import { type MatchFacts, oldestMatching } from "./match-facts.ts";
import { oldestPolicyFacts, type PolicyFacts } from "./policy-facts.ts";
import { oldestSelection, type SelectionFacts } from "./selection-facts.ts";

/** What a release of Kuma does, as far as it differs between releases: the fold of the changes that it contains. */
export interface Profile extends ListenerFacts, LoggerFacts, MatchFacts, PolicyFacts, SelectionFacts {
  /** How many line breaks end a record of a TCP backend. */
  readonly tcpLineBreaks: 1 | 2;
  /** Whether the older TrafficLog, with the logging of a Mesh, has an effect. */
  readonly hasTrafficLog: boolean;
}

/** What the first release with MeshAccessLog does. */
export const oldest: Profile = {
  ...oldestListeners,
  ...oldestLoggers,
  ...oldestMatching,
  ...oldestPolicyFacts,
  ...oldestSelection,
  tcpLineBreaks: 2,
  hasTrafficLog: true,
};
