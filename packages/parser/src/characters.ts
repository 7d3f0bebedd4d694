/** UTF-16 units that formats consist of. */
export const PERCENT = 37;
export const OPENING = 40;
export const DASH = 45;
export const COLON = 58;

/** `0`-`9`. */
export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** `a`-`z`. */
export function isLower(unit: number): boolean {
  return unit >= 97 && unit <= 122;
}

/** What Envoy takes in names of operators: `A`-`Z`, `0`-`9` and `_`. */
export function isOfName(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || isDigit(unit) || unit === 95;
}
