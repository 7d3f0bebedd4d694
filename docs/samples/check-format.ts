import { check, parse, target } from "@meshlog/parser";

const { value: envoys } = target("envoy 1.30..1.38");
if (envoys !== undefined) {
  const format = parse('[%START_TIME%] "%REQ(:METHOD)% %PATH%" %RESPONSE_CODE% %PROTCOL%');
  for (const { code, message, start, end, fixes = [] } of check(format, envoys).diagnostics) {
    console.log(`${String(start)}-${String(end)} ${code}: ${message}`);
    for (const { title } of fixes) console.log(`  ${title}`);
  }
}
