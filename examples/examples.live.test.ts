import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { envoyVersions, openOtlpReceiver, openTcpSink, validate } from "../conformance/live/envoy.ts";
import { routeHeader } from "../packages/compiler/src/emit/bootstrap.ts";
import { compiledExample, exampleFolder, examples } from "./example.ts";
import { bootstrapOf, requestHello, runProxy } from "./live-proxy.ts";

/** Those of releases of Kuma whose Envoy there is to be had. */
const runnable = examples.filter((name) => envoyVersions.some((version) => version === compiledExample(name).envoy));

describe("the Envoy of its Kuma accepts", () => {
  test.each(runnable)("every proxy of the example %s", async (name) => {
    const { envoy, proxies } = compiledExample(name);
    expect(proxies).not.toEqual([]);
    for (const proxy of proxies) {
      const config = bootstrapOf(proxy, 80, { path: () => "/dev/null", portOf: () => 4317 });
      expect(await validate({ ...config }, envoy), proxy.name).toEqual({ ok: true });
    }
  });
});

const readme = (example: string): string => readFileSync(exampleFolder(example, "README.md"), "utf8");

test("the example json-file logs numbers as numbers, and null for what a request has not", async () => {
  await using proxy = await runProxy("json-file", "cart-1");
  const url = await proxy.url("inbound:10.30.0.5:8080");
  await requestHello(`${url}/cart?id=7`, { headers: { "x-tenant": "blue" } });
  await requestHello(`${url}/cart`);
  const lines = await proxy.lines("/var/log/requests.jsonl", 2);
  expect(readme("json-file")).toContain(`\`\`\`text\n${lines[0]}\n\`\`\``);
  expect(lines).toEqual([
    '{"request":"GET /cart?id=7","sent":5,"service":"cart","status":200,"tenant":"blue","zone":"east"}',
    '{"request":"GET /cart","sent":5,"service":"cart","status":200,"tenant":null,"zone":"east"}',
  ]);
});

test("the example tcp-sink sends text to one sink and JSON to the other", async () => {
  await using text = await openTcpSink();
  await using json = await openTcpSink();
  const sinks = { "text.logs.internal:5000": text, "json.logs.internal:5001": json };
  await using proxy = await runProxy("tcp-sink", "api-1", sinks);
  await requestHello(`${await proxy.url("inbound:10.40.0.7:9000")}/v1/items`);
  const arrived = [...(await text.lines(1)), ...(await json.lines(1))];
  expect(readme("tcp-sink")).toContain(`\`\`\`text\n${arrived.join("\n")}\n\`\`\``);
  expect(await text.lines(1)).toEqual(['default api "GET /v1/items" 200']);
  expect(await json.lines(1)).toEqual(['{"code":200,"path":"/v1/items","service":"api"}']);
});

test("the example otel-backend sends a record with the mesh, zone and workload of the proxy", async () => {
  await using collector = await openOtlpReceiver();
  await using proxy = await runProxy("otel-backend", "billing-1", { "otel-collector.observability:4317": collector });
  const before = BigInt(Date.now()) * 1_000_000n;
  await requestHello(`${await proxy.url("inbound:10.50.0.3:8080")}/invoices/7`);
  const [record, ...others] = await collector.records(1);
  expect(others).toEqual([]);
  expect(record?.body).toEqual({ stringValue: "billing answered 200 to /invoices/7" });
  expect(record?.attributes).toEqual([
    { key: "http.request.method", value: { stringValue: "GET" } },
    { key: "peer.mesh", value: { stringValue: "default" } },
  ]);
  // Envoy puts four of its own before those of Kuma.
  expect(record?.resource.slice(4)).toEqual([
    { key: "kuma.mesh", value: { stringValue: "default" } },
    { key: "kuma.zone", value: { stringValue: "east" } },
    { key: "kuma.workload", value: { stringValue: "kri_wl_default_east__billing_" } },
  ]);
  expect(record?.timeUnixNano).toBeGreaterThanOrEqual(before);
});

test("the example otel-endpoint sends a record with a structured body", async () => {
  await using collector = await openOtlpReceiver();
  await using proxy = await runProxy("otel-endpoint", "billing-1", { "otel-collector.observability:4317": collector });
  await requestHello(`${await proxy.url("inbound:10.50.0.3:8080")}/invoices/7`);
  expect(await collector.records(1)).toMatchObject([
    {
      resource: [
        { key: "log_name", value: { stringValue: "MeshAccessLog" } },
        { key: "zone_name" },
        { key: "cluster_name" },
        { key: "node_name" },
      ],
      body: {
        kvlistValue: {
          values: [
            { key: "service", value: { stringValue: "billing" } },
            { key: "path", value: { stringValue: "/invoices/7" } },
          ],
        },
      },
      attributes: [
        { key: "http.request.method", value: { stringValue: "GET" } },
        { key: "http.response.status_code", value: { stringValue: "200" } },
      ],
    },
  ]);
});

test("the example route-logging writes the requests of a route to a log of their own", async () => {
  await using proxy = await runProxy("route-logging", "web-1");
  const url = await proxy.url("outbound:127.0.0.1:18080");
  const route = "kri_mhttpr_default_east__payments_";
  await requestHello(`${url}/payments/7`, { method: "POST", body: "42", headers: { [routeHeader]: route } });
  await requestHello(`${url}/cart`);
  expect(await proxy.lines("/var/log/payments.log", 1)).toEqual([`${route} POST /payments/7 200 2`]);
  expect(await proxy.lines("/var/log/shop.log", 1)).toEqual(["shop /cart 200"]);
});
