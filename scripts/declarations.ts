import { join } from "node:path";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const repository = join(import.meta.dirname, "..");

/** The entries of the published packages, by the file that holds what each declares. */
export const entries: Readonly<Record<string, string>> = {
  "packages/parser/api.d.ts": "packages/parser/dist/index.d.ts",
  "packages/compiler/api.d.ts": "packages/compiler/dist/index.d.ts",
  "packages/lsp/api.d.ts": "packages/lsp/dist/index.d.ts",
  "packages/lsp/api.browser.d.ts": "packages/lsp/dist/browser.d.ts",
};

/**
 * All that an entry declares, in one text; without doc comments, so that a change of it is a change of the interface.
 *
 * @param entry a declaration file that `pnpm build` made, from the root of the repository.
 */
export async function declarationsOf(entry: string): Promise<string> {
  const bundle = await rollup({
    input: join(repository, entry),
    plugins: [dts()],
    external: (id) => !id.startsWith(".") && !id.startsWith("/"),
  });
  const { output } = await bundle.generate({ format: "es" });
  await bundle.close();
  return withoutComments(output[0].code);
}

function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*\*[^]*?\*\/\n/gm, "");
}
