import { builtinModules } from "node:module";
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

/**
 * The order in which data flows through the compiler. A stage may import those before it, never one after it; all may
 * import `kuma/` and `envoy/`, which import none of them. What stands on the pipeline may import all.
 */
const stages = ["kuma", "envoy", "source", "validate", "match", "listeners", "lower", "emit"];
const ends = ["explain", "diff", "verify", "migrate", "preview", "formatting", "cli"];

const noNode = {
  regex: `^(node:|(${builtinModules.join("|")})$)`,
  message: "This runs in a browser too: only cli/ may use Node.",
};
const noLsp = {
  regex: "^(vscode-|@meshlog/(lsp|compiler))",
  message: "The compiler knows nothing of LSP, and itself by relative paths.",
};
const noNodeGlobals = ["process", "Buffer", "global", "__dirname"].map((name) => ({ name, message: noNode.message }));

/** @param {string[]} files @param {{ regex: string, message: string }[]} patterns */
const pure = (name, files, patterns, ignores = []) => ({
  name: `meshlog/${name}`,
  files,
  ignores,
  rules: {
    "no-restricted-imports": ["error", { patterns }],
    "no-restricted-globals": ["error", ...noNodeGlobals],
  },
});

const stageOrder = stages.map((stage, i) =>
  pure(
    `stage-order/${stage}`,
    [`packages/compiler/src/${stage}/**/*.ts`],
    [
      {
        regex: `^(\\.\\./)+((${[...stages.slice(i + 1), ...ends].join("|")})/|(compile|check|document-order|index)\\.ts$)`,
        message: `${stage}/ comes before it: data flows ${stages.slice(2).join(" → ")}.`,
      },
      noNode,
      noLsp,
    ],
  ),
);

export default defineConfig(
  globalIgnores(["**/dist/", "packages/*/api*.d.ts", "build/", "docs/.vitepress/cache/", ".envoy/", "**/fixtures/"]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["*.js", "packages/*/bin/*.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: false }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      eqeqeq: "error",
      // Input is untrusted: no text ever becomes code.
      "no-eval": "error",
      "no-new-func": "error",
      "@typescript-eslint/no-implied-eval": "error",
      "no-console": "error",
    },
  },
  {
    name: "meshlog/regular-expressions-are-linear",
    files: ["packages/*/src/**/*.ts"],
    plugins: { regexp },
    // Input is untrusted, whatever the expression is for.
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "certain" }],
      "regexp/no-super-linear-move": ["error", { report: "certain" }],
    },
  },
  pure(
    "parser-is-pure",
    ["packages/parser/src/**/*.ts"],
    [
      noNode,
      { regex: "^(@meshlog/|yaml$|js-yaml$)", message: "The parser knows nothing of YAML and of the other packages." },
    ],
  ),
  pure(
    "compiler-is-pure",
    ["packages/compiler/src/*.ts", "packages/compiler/src/{documents,suppressions,formatting}/**/*.ts"],
    [noNode, noLsp],
  ),
  ...stageOrder,
  {
    name: "meshlog/cli-knows-no-lsp",
    files: ["packages/compiler/src/cli/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [noLsp] }] },
  },
  {
    name: "meshlog/scripts-talk-to-people",
    files: [
      "scripts/**/*.ts",
      "packages/*/scripts/**/*.ts",
      "benchmarks/**/*.ts",
      "conformance/**/*.ts",
      "docs/samples/*.ts",
    ],
    rules: { "no-console": "off" },
  },
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
