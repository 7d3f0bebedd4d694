import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The order in which data flows through the compiler. A stage may import those before it, never one after it; all may
 * import `kuma/` and `envoy/`, which import none of them. What stands on the pipeline (`cli/`, `explain/`, …) may import all.
 */
const stages = ["kuma", "envoy", "source", "validate", "match", "listeners", "lower", "emit"];
const ends = ["explain", "diff", "verify", "migrate", "preview", "cli"];

const stageOrder = stages.map((stage, i) => ({
  name: `meshlog/stage-order/${stage}`,
  files: [`packages/compiler/src/${stage}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^(\\.\\./)+((${[...stages.slice(i + 1), ...ends].join("|")})/|(compile|check)\\.ts$)`,
            message: `${stage}/ comes before it: data flows ${stages.slice(2).join(" → ")}.`,
          },
          {
            regex: "^node:",
            message: "Only cli/ and source/read-folder.ts may use Node: the compiler runs in a browser too.",
          },
        ],
      },
    ],
  },
}));

export default defineConfig(
  globalIgnores(["**/dist/", "build/", ".envoy/", "**/fixtures/"]),
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
      "no-console": "error",
    },
  },
  {
    name: "meshlog/parser-is-pure",
    files: ["packages/parser/src/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^node:", message: "The parser runs in a browser." },
            {
              regex: "^(@meshlog/|yaml$|js-yaml$)",
              message: "The parser knows nothing of YAML and of the other packages.",
            },
          ],
        },
      ],
    },
  },
  ...stageOrder,
  {
    name: "meshlog/compiler-knows-no-lsp",
    files: ["packages/compiler/**/*.ts"],
    ignores: stages.map((stage) => `packages/compiler/src/${stage}/**`),
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^(vscode-|@meshlog/lsp)", message: "The compiler knows nothing of LSP." }] },
      ],
    },
  },
  {
    name: "meshlog/scripts-talk-to-people",
    files: ["scripts/**/*.ts", "benchmarks/**/*.ts", "conformance/**/*.ts"],
    rules: { "no-console": "off" },
  },
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
