import { samples, trafficFacts } from "@meshlog/compiler";
import { parse, render } from "@meshlog/parser";

const format = parse(
  '"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%" %RESPONSE_CODE% %RESPONSE_FLAGS% %KUMA_MESH%',
);
for (const [name, traffic] of Object.entries(samples)) {
  const { value, diagnostics } = render(format, trafficFacts(traffic), { kumaValues: { KUMA_MESH: "default" } });
  console.log(`${name}: ${value?.text ?? diagnostics.map(({ message }) => message).join(" ")}`);
}
