/**
 * A name as Go's encoding/json compares the keys of a document with the fields of a struct, once no field has it exactly:
 * without regard to case, in Unicode's simple folding (encoding/json/fold.go).
 */
export function foldName(name: string): string {
  return name.toLowerCase().replaceAll("ſ", "s");
}
