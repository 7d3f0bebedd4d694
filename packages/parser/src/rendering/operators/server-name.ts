import { defects, isAffected } from "../../catalog/defects.ts";
import { none, stringValue, type Value } from "../value.ts";
import type { Scene } from "../scene.ts";
import { unforetold } from "../unforetold.ts";
import { headerBytes } from "./headers.ts";

/** REQUESTED_SERVER_NAME with options (since 1.37): the SNI, the host of the request, or one in place of the other. */
export function serverNameOf([preferred = "", host = ""]: readonly string[], scene: Scene): Value {
  const { facts, envoy } = scene;
  const sni = (): Value => facts.need("REQUESTED_SERVER_NAME(SNI_ONLY:ORIG_OR_HOST)");
  if (preferred === "SNI_FIRST") {
    const name = sni();
    if (name.kind !== "missing") return name;
  } else if (preferred !== "HOST_FIRST") return sni();
  const original = host === "HOST" ? undefined : headerBytes("REQ", "x-envoy-original-host", facts);
  const isDeadly = defects.some((defect) => defect.options[0] === preferred && isAffected(defect, envoy));
  if (isDeadly && host === "ORIG" && original === undefined) {
    unforetold("REQUESTED_SERVER_NAME", `Envoy ${envoy.name} crashes where it knows no original host`);
  }
  const name = original ?? (host === "ORIG" ? undefined : headerBytes("REQ", ":authority", facts));
  if (name !== undefined) return stringValue(name);
  return preferred === "HOST_FIRST" ? sni() : none;
}
