/** How many lists are remembered; then all are forgotten, so that a mesh of any size takes the same memory. */
const limit = 256;

/**
 * Remembers what has been made of a list of policies, for proxies that the same policies select. What is made is shared:
 * it must depend on nothing but the list.
 *
 * @param make what is asked for once for each list.
 */
export function oncePerList<P extends object, T>(make: (policies: readonly P[]) => T): (policies: readonly P[]) => T {
  const numbers = new Map<P, number>();
  const made = new Map<string, T>();
  const numberOf = (policy: P): number => {
    const known = numbers.get(policy);
    if (known === undefined) numbers.set(policy, numbers.size);
    return known ?? numbers.size - 1;
  };
  return (policies) => {
    const key = policies.map(numberOf).join();
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size === limit) made.clear();
    const value = make(policies);
    made.set(key, value);
    return value;
  };
}
