/**
 * Whether govalidator's `IsFilePath` accepts a text: what Kuma checks the path of a File backend with. A Unix path is
 * any text that begins with `/` and has no NUL; a Windows path begins with a drive and a backslash.
 *
 * Source: `IsFilePath` in validator.go:584, `WinPath` and `UnixPath` in patterns.go of
 * github.com/asaskevich/govalidator v0.0.0-20230301143203-a9d515a09cc2.
 */
export function isFilePath(text: string): boolean {
  return isUnixPath(text) || isWindowsPath(text);
}

function isUnixPath(text: string): boolean {
  return text.startsWith("/") && !text.includes("\0");
}

/** Behind the drive no more than 32767 bytes of UTF-8, and no empty name but the last. */
function isWindowsPath(text: string): boolean {
  if (!/^[a-zA-Z]:\\/.test(text)) return false;
  const names = text.slice(3);
  if (/[/:*?"<>|\r\n]/.test(names) || names.startsWith("\\") || names.includes("\\\\")) return false;
  return new TextEncoder().encode(names).length <= 32767;
}
