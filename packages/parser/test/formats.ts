import fc from "fast-check";

/** Pieces that formats are made of, and that they break with. */
export const pieces: readonly string[] = [
  "%", "%%", "(", ")", ")%", ":", ":10", ":10%", "?", "\n", "\r", "\0", " ", '"', "{", "}", "\\", "é", "\uD83D", "😀",
  "REQ", "%REQ(", "%REQ(A?B)%", "%START_TIME(%Y-%m-%d)%", "%START_TIME(", "%PROTOCOL%", "%PROTOCOL", "%NOPE%", "%req(x)%",
  "%KUMA_MESH%", "%KUMA_ZONE%", "%KUMA_", "KUMA_MESH%", "%CEL(", "%COALESCE(", '{"operators":["PROTOCOL"]}', "a.b(c)",
  "%%KUMA_MESH%%", "%REQ(X)%KUMA_MESH%", "%KUMA_ZONE%KUMA_MESH%", "%KUMA_MESH:5%", "%KUMA_SOURCE_ADDRESS%", "\uDE00", "\x9f",
  "%COALESCE({\"operators\":[\"PROTOCOL\",{\"command\":\"REQ\",\"param\":\"a\"}]})%", "%CEL(request.path)%", "a ? b : c)%",
  "%METADATA(CLUSTER:a:b)%", "%PATH(NQ)%", "%FILTER_STATE(k:FIELD:f)%", "%GRPC_STATUS(NUMBER)%", "abc", "%A:", "1",
]; // prettier-ignore

/** Strings that look like formats now and then. */
export const formatText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 4 })), { maxLength: 12 })
  .map((parts) => parts.join(""));
