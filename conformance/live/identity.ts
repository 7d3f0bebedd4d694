import { spawnSync } from "node:child_process";

/** A certificate and its key, both in PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** Makes a self-signed certificate for a SPIFFE ID, good for a day. */
export function identityOf(spiffeId: string): Identity {
  const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
  const subject = ["-subj", "/CN=meshlog", "-addext", `subjectAltName=critical,URI:${spiffeId}`];
  const { status, stdout, stderr } = spawnSync("openssl", [...args, ...subject, "-keyout", "-", "-out", "-"], {
    encoding: "utf8",
  });
  const [key] = /-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----\n/.exec(stdout) ?? [];
  const [cert] = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/.exec(stdout) ?? [];
  if (status !== 0 || key === undefined || cert === undefined)
    throw new Error(`openssl makes no certificate: ${stderr}`);
  return { cert, key };
}
