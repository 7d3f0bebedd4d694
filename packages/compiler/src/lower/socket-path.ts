/** The longest path of a socket, in bytes and less its suffix (pkg/core/xds/sockets.go:38@v2.14.3). */
const longestSocketPath = 98;

/** The path of a socket of kuma-dp: cut to what a Unix socket can have. */
export function socketPath(directory: string, name: string): string {
  const path = new TextEncoder().encode(joinPath(directory, name));
  return `${new TextDecoder().decode(path.slice(0, longestSocketPath))}.sock`;
}

/** Go's `filepath.Join`: an empty part is left out, and the path is cleaned of `.`, `..` and doubled slashes. */
function joinPath(...parts: readonly string[]): string {
  const path = parts.filter((part) => part !== "").join("/");
  const isAbsolute = path.startsWith("/");
  const cleaned: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") cleaned.push(part);
    else if (cleaned.length > 0 && cleaned.at(-1) !== "..") cleaned.pop();
    else if (!isAbsolute) cleaned.push(part);
  }
  return `${isAbsolute ? "/" : ""}${cleaned.join("/")}` || ".";
}
