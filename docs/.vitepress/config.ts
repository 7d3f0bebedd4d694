import { defineConfig } from "vitepress";

/** The address below which the site is published: `/` by itself, `/meshlog/` on GitHub Pages. */
const base = process.env["DOCS_BASE"] ?? "/";

export default defineConfig({
  title: "meshlog",
  description: "The access-log compiler for Kuma: checks, compiles and previews MeshAccessLog policies.",
  lang: "en",
  base,
  cleanUrls: true,
  srcExclude: ["README.md"],
  markdown: {
    // Braces in formats and messages are no expressions of templates.
    config: ({ renderer: { rules }, utils: { escapeHtml } }) => {
      rules.text = (tokens, i) => escapeHtml(tokens[i]?.content ?? "").replaceAll("{{", "&#123;&#123;");
      rules.code_inline = (tokens, i) => `<code v-pre>${escapeHtml(tokens[i]?.content ?? "")}</code>`;
    },
  },
  themeConfig: {
    search: { provider: "local", options: { detailedView: true } },
    nav: [
      { text: "Guide", link: "/start" },
      { text: "Operators", link: "/operators/" },
      { text: "Kuma", link: "/kuma/" },
      { text: "Diagnostics", link: "/diagnostics/" },
    ],
    sidebar: [
      {
        text: "Guide",
        items: [
          { text: "Start", link: "/start" },
          { text: "In CI", link: "/ci" },
          { text: "In an editor", link: "/editors" },
          { text: "Preview lines", link: "/preview" },
          { text: "Why it logs so", link: "/explain" },
          { text: "What a change does", link: "/diff" },
          { text: "Verify a live proxy", link: "/verify" },
          { text: "Migrate to a newer Kuma", link: "/migrate" },
          { text: "As a library", link: "/library" },
        ],
      },
      {
        text: "How it works",
        items: [
          { text: "Releases and bundles", link: "/bundles" },
          { text: "Export Dataplanes", link: "/dataplanes" },
          { text: "Configuration", link: "/configuration" },
          { text: "In parts", link: "/shards" },
          { text: "Limits", link: "/limits" },
        ],
      },
      {
        text: "Reference",
        items: [
          { text: "Operators", link: "/operators/" },
          { text: "Operators by Kuma", link: "/operators/by-kuma" },
          { text: "Response flags", link: "/operators/response-flags" },
          { text: "Time patterns", link: "/operators/time-patterns" },
          { text: "Policy options", link: "/kuma/policy-options" },
          { text: "Changes by Kuma", link: "/kuma/changes" },
          { text: "Diagnostics", link: "/diagnostics/" },
          { text: "Command line", link: "/cli" },
        ],
      },
    ],
    outline: { level: [2, 3] },
  },
});
