import { boundedMemory } from "../bounded-memory.ts";

/** How many lists are remembered. */
const limit = 256;

/**
 * Remembers what has been made of a list of policies, for proxies that the same policies select. What is made is shared:
 * it must depend on nothing but the list.
 *
 * @param make what is asked for once for each list.
 */
export function oncePerList<P extends object, T extends object>(
  make: (policies: readonly P[]) => T,
): (policies: readonly P[]) => T {
  const numbers = new Map<P, number>();
  const remembered = boundedMemory<T>(limit);
  const numberOf = (policy: P): number => {
    const known = numbers.get(policy);
    if (known === undefined) numbers.set(policy, numbers.size);
    return known ?? numbers.size - 1;
  };
  return (policies) => remembered(policies.map(numberOf).join(), () => make(policies));
}
