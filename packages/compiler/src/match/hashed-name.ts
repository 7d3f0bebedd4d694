/**
 * The name that a resource of the global control plane has once it is synchronised to a zone: its own, and a hash of its
 * mesh and name (pkg/kds/hash/hash.go@2.6.13).
 */
export function hashedName(mesh: string, name: string): string {
  const room = longestName - hashLength - 1;
  return `${name.slice(0, room)}-${safe(
    fnv64a(mesh + name)
      .toString(16)
      .padStart(hashLength, "0"),
  )}`;
}

/** Of a Kubernetes object. */
const longestName = 253;
const hashLength = 16;

/** FNV-1a, 64 bits, of the text's UTF-8. */
function fnv64a(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}

/** The characters that names made by machines are written with: none that could make up a word. */
const safeCharacters = "bcdfghjklmnpqrstvwxz2456789";

function safe(text: string): string {
  return Array.from(text, (character) => safeCharacters[(character.codePointAt(0) ?? 0) % safeCharacters.length]).join(
    "",
  );
}
