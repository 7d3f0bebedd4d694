/** What checks policies on every change: GitHub's workflows, GitLab's pipelines, or a hook of Git. */
export const ciKinds = ["github", "gitlab", "pre-commit"] as const;

/** What checks policies on every change. */
export type CiKind = (typeof ciKinds)[number];

/** A file that `meshlog init` writes. */
export interface InitFile {
  readonly path: string;
  readonly text: string;
}

/** @param version of `@meshlog/compiler`, exact: what is found must not change with a release of meshlog. */
export function ciFile(kind: CiKind, version: string): InitFile {
  const npx = `npx --yes --package @meshlog/compiler@${version} meshlog`;
  switch (kind) {
    case "github":
      return {
        path: ".github/workflows/meshlog.yaml",
        text: `name: access logs
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
      - run: ${npx} check --format github policies/
`,
      };
    case "gitlab":
      return {
        path: ".gitlab-ci.yml",
        text: `meshlog:
  image: node:24-slim
  script:
    - ${npx} check --format gitlab --output-file gl-code-quality-report.json policies/
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`,
      };
    case "pre-commit":
      return {
        path: ".pre-commit-config.yaml",
        text: `repos:
  - repo: local
    hooks:
      - id: meshlog-check
        name: meshlog check
        language: node
        additional_dependencies: ["@meshlog/compiler@${version}"]
        entry: meshlog check
        files: ^policies/.*\\.ya?ml$
`,
      };
  }
}
