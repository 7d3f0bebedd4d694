import type { Diagnostic as FormatDiagnostic, Span, Variant as FormatVariant } from "@meshlog/parser";

/** The resource that a finding is about, as far as it could be read. */
export interface ResourceIdentity {
  readonly kind: string;
  readonly mesh: string;
  /** Kuma's core name; on Kubernetes `name.namespace`. Empty if the document has none. */
  readonly name: string;
  readonly namespace?: string;
}

/** A violation as Kuma's API answers it, word for word. `field` is empty where Kuma names none. */
export interface Violation {
  readonly field: string;
  readonly message: string;
}

/** What another member of the target says, where it differs from the newest member that it holds for. */
export interface Variant extends FormatVariant {
  readonly kuma?: Violation;
}

/** A finding about a file of the bundle; `start` and `end` are UTF-16 offsets in it. */
export interface Diagnostic extends FormatDiagnostic {
  /** The path under which the file was loaded. */
  readonly file: string;
  readonly resource?: ResourceIdentity;
  /** Where in the resource, as Kuma writes it: `spec.to[0].default.backends[0].file.format.plain`. */
  readonly path?: string;
  /** Only where Kuma's API would answer so. */
  readonly kuma?: Violation;
  readonly variants?: readonly Variant[];
  /** Only where Kuma accepts the policy and then fails to generate a proxy (family `generate/*`). */
  readonly controlPlane?: { readonly message: string };
}

/** A place in a file of the bundle. */
export interface Location extends Span {
  readonly file: string;
}
