import { describe, expect, it } from "vitest";
import { until } from "../live/until.ts";
import { documentedSetup } from "./documented-setup.ts";
import { findClient } from "./installed-client.ts";
import { type Neovim, startNeovim } from "./neovim.ts";
import { lineWith } from "./workspace.ts";

const neovim = findClient("Neovim", ["nvim"]);
const { program = "", version: [major = 0, minor = 0] = [] } = neovim ?? {};
const [current = "", older = ""] = documentedSetup("Neovim", "lua");
const init = major > 0 || minor >= 11 ? current : older;

const misspelt = {
  code: "format/unknown-operator",
  message: 'There is no operator "PROTCOL".\nEnvoy: Not supported field in StreamInfo: PROTCOL',
  lnum: 11,
  col: 20,
  end_col: 29,
};

/** Opens the policy, and waits until the server has judged it. */
async function open(): Promise<Neovim> {
  const editor = await startNeovim(program, init);
  expect(await until("there are diagnostics", () => diagnostics(editor))).toMatchObject([misspelt]);
  return editor;
}

/** The diagnostics of the policy, if it has any. */
function diagnostics(editor: Neovim): readonly unknown[] | undefined {
  const found = editor.ask("vim.diagnostic.get(0)") as readonly unknown[];
  return found.length > 0 ? found : undefined;
}

/** The last line, once it is another than the given one. */
function lineAfter(editor: Neovim, before: string): Promise<unknown> {
  return until("the text changes", () => {
    const line = editor.ask('vim.fn.getline("$")');
    return line === before ? undefined : line;
  });
}

describe.skipIf(neovim === undefined)("Neovim, set up as documented", () => {
  it("shows what is wrong where it stands", async () => {
    await using editor = await open();
    expect(editor.ask("vim.bo.filetype")).toBe("yaml");
  });

  it("completes %KU to Kuma's operators, and writes the one that is accepted", async () => {
    await using editor = await open();
    editor.type("G$i%KU<C-x><C-o>");
    const offers = 'vim.tbl_map(function(item) return item.abbr end, vim.fn.complete_info({ "items" }).items)';
    const labels = await until("there are offers", () => {
      const found = editor.ask(offers) as readonly string[];
      return found.length > 0 ? found : undefined;
    });
    expect(labels).toHaveLength(8);
    expect(labels[0]).toBe("KUMA_DESTINATION_SERVICE");
    // The first is written already; the next is chosen.
    editor.type("<C-n><C-y><Esc>");
    expect(editor.ask('vim.fn.getline("$")')).toBe(lineWith(`%PROTCOL% %${labels[1] ?? ""}%`));
  });

  it("says of an operator under the cursor what it prints", async () => {
    await using editor = await open();
    editor.type("G$i%KUMA_MESH%<Esc>FM:lua vim.lsp.buf.hover()<CR>");
    const shown = await until("a window opens", () => {
      const windows = 'vim.tbl_map(function(w) return vim.fn.getbufline(w.bufnr, 1, "$") end, vim.fn.getwininfo())';
      const [, hover] = editor.ask(windows) as readonly (readonly string[])[];
      return hover;
    });
    expect(shown.join("\n")).toContain("KUMA_MESH");
    expect(shown.join("\n")).toContain("Kuma");
  });

  it("mends a misspelt operator by a code action, and then has nothing to say", async () => {
    await using editor = await open();
    // As plugins for menus do it.
    editor.type(":lua vim.ui.select = function(items, _, choose) choose(items[1]) end<CR>");
    editor.type("G0fP:lua vim.lsp.buf.code_action()<CR>");
    expect(await lineAfter(editor, lineWith("%PROTCOL% "))).toBe(lineWith("%PROTOCOL% "));
    await until("the diagnostics are gone", () => diagnostics(editor) === undefined || undefined);
  });
});
