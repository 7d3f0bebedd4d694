import { request } from "node:https";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { identityOf, type Identity } from "../../conformance/live/envoy.ts";
import type { Bootstrap } from "../../packages/compiler/src/emit/bootstrap.ts";
import { runProxy } from "../live-proxy.ts";

/** As in a mesh with mTLS: each listener has a certificate and asks for that of the caller. Nobody checks either. */
function withMutualTls({ staticResources: { listeners, clusters }, ...rest }: Bootstrap, server: Identity): Bootstrap {
  const transportSocket = {
    name: "envoy.transport_sockets.tls",
    typedConfig: {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      requireClientCertificate: true,
      commonTlsContext: {
        tlsCertificates: [
          { certificateChain: { inlineString: server.cert }, privateKey: { inlineString: server.key } },
        ],
        validationContext: { trustChainVerification: "ACCEPT_UNTRUSTED" },
      },
    },
  };
  const secured = listeners.map((listener) => {
    const { filterChains } = listener as { readonly filterChains: readonly object[] };
    return { ...listener, filterChains: filterChains.map((chain) => ({ ...chain, transportSocket })) };
  });
  return { ...rest, staticResources: { listeners: secured, clusters } };
}

/** What a workload gets when it asks for a path by a name. */
async function ask(url: string, caller: Identity, servername: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { ...caller, servername, rejectUnauthorized: false, agent: false }, (response) => {
      text(response).then(resolve, reject);
    })
      .once("error", reject)
      .end();
  });
}

test("a request is in the log of each rule that its caller or the name asked for matches", async () => {
  const ledger = identityOf("spiffe://default/ledger");
  await using proxy = await runProxy("inbound-matches", "ledger-1", {}, (config) => withMutualTls(config, ledger));
  const url = (await proxy.url("inbound:10.100.0.8:8080")).replace("http:", "https:");
  const callers = [
    ["/by-auditor", "spiffe://default/auditor", "ledger.mesh"],
    ["/by-batch", "spiffe://default/batch-7", "ledger.mesh"],
    ["/by-name", "spiffe://default/web", "ledger.internal"],
    ["/by-batch-and-name", "spiffe://default/batch-8", "ledger.internal"],
    ["/by-web", "spiffe://default/web", "ledger.mesh"],
  ] as const;
  for (const [path, caller, name] of callers) {
    expect(await ask(`${url}${path}`, identityOf(caller), name)).toBe("hello");
  }

  expect(await proxy.lines("/var/log/all.log", 5)).toEqual(callers.map(([path]) => `"GET ${path}" 200`));
  expect(await proxy.lines("/var/log/auditor.log", 1)).toEqual(['spiffe://default/auditor "GET /by-auditor"']);
  // A rule with two matches is two loggers, so a request that both match is there twice.
  expect(await proxy.lines("/var/log/mesh.log", 4)).toEqual([
    'ledger.mesh "GET /by-batch" 200',
    'ledger.internal "GET /by-name" 200',
    'ledger.internal "GET /by-batch-and-name" 200',
    'ledger.internal "GET /by-batch-and-name" 200',
  ]);
});
