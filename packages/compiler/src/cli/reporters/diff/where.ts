import type { ChangeGroup } from "../../../diff/group.ts";

/** How many proxies, and how many listeners of one, are named. */
const mostProxies = 5;
const mostListeners = 4;

/** `2 proxies: default/a (inbound 80), default/b (inbound 80)` */
export function where({ proxies, isAlike }: ChangeGroup): string {
  const named = proxies.slice(0, mostProxies).map(({ mesh, name, listeners }) => {
    const some = listed(listeners, mostListeners);
    return `${mesh}/${name}${some === "" ? "" : ` (${some})`}`;
  });
  const rest = proxies.length - named.length;
  const all = `${named.join(", ")}${rest === 0 ? "" : ` and ${rest} more`}`;
  return `${amount(proxies.length, "proxy", "proxies")}: ${all}${isAlike ? "; shown as it is of the first" : ""}`;
}

/** `1 proxy`, `2 proxies` */
export function amount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function listed(names: readonly string[], most: number): string {
  const rest = names.length - most;
  return `${names.slice(0, most).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
