/** Why a file cannot be read or written, for a sentence: "… cannot be written: the disk is full." */
export function fileReason(error: unknown): string {
  const { code = "", message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  return reasons.get(code) ?? message;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["EACCES", "it is not allowed"],
  ["EPERM", "it is not allowed"],
  ["EDQUOT", "there is no more space for this user"],
  ["EEXIST", "a file is in its place"],
  ["EISDIR", "it is a folder"],
  ["ELOOP", "it is a link that leads back to itself"],
  ["ENAMETOOLONG", "its name is too long"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOSPC", "the disk is full"],
  ["ENOTDIR", "a part of its path is a file, not a folder"],
  ["EROFS", "the file system is read-only"],
]);
