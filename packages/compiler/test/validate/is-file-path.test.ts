import { expect, test } from "vitest";
import { isFilePath } from "../../src/validate/is-file-path.ts";

// Each answer is that of govalidator v0.0.0-20230301143203-a9d515a09cc2.
test.each(["/", "//", "/a b", "/dev/stdout", "/tmp/access.log", "/a\nb", "/a\\b:*?", "/%KUMA_MESH%/é😀.log"])(
  "A text that begins with a slash is a path: %j",
  (text) => {
    expect(isFilePath(text)).toBe(true);
  },
);

test.each(["C:\\", "c:\\logs", "C:\\logs\\", "C:\\a b\\é.log", "C:\\..", "C:\\a\0b"])(
  "A drive and a backslash begin a path: %j",
  (text) => {
    expect(isFilePath(text)).toBe(true);
  },
);

test.each(["", "a", "logs/a", "./a", "~/a", "%KUMA_MESH%/a", " /a", "/a\0b", "C:", "C:/a", "C:a", "CC:\\a", "é:\\a"])(
  "Anything else is none: %j",
  (text) => {
    expect(isFilePath(text)).toBe(false);
  },
);

test.each(["C:\\\\", "C:\\a\\\\b", "C:\\a/b", "C:\\a:b", "C:\\a*", "C:\\?", 'C:\\"', "C:\\<a>", "C:\\a|b", "C:\\a\n"])(
  "Windows forbids empty names and some characters: %j",
  (text) => {
    expect(isFilePath(text)).toBe(false);
  },
);

test("A Windows path has at most 32767 bytes behind the drive", () => {
  expect(isFilePath("C:\\" + "a".repeat(32767))).toBe(true);
  expect(isFilePath("C:\\" + "a".repeat(32768))).toBe(false);
  expect(isFilePath("C:\\" + "é".repeat(16383))).toBe(true);
  expect(isFilePath("C:\\" + "é".repeat(16384))).toBe(false);
  expect(isFilePath("/" + "a".repeat(32768))).toBe(true);
});
