/** What `meshlog COMMAND --help` shows at its end. Each is run by a test. */
export const helpExamples: Readonly<Record<string, readonly string[]>> = {
  check: [
    "meshlog check policies/",
    "meshlog check -e '%START_TIME% %PROTOCOL%' --kuma 2.10..2.14",
    "meshlog check --format sarif --output-file meshlog.sarif policies/",
    "meshlog check --jobs 4 policies/",
    "kubectl get meshaccesslogs -A -o yaml | meshlog check -",
  ],
  compile: [
    "meshlog compile mesh/ --out build/",
    "meshlog compile mesh/ --kuma 2.13 --dataplane web-1 --explain",
    "meshlog compile mesh/ --jsonl --jobs 4",
  ],
  explain: ["meshlog explain lint/endpoint", "meshlog explain format", "meshlog explain --proxy default/web-1 mesh/"],
  diff: ["meshlog diff old/ new/", "meshlog diff --kuma 2.13 --to 2.14 mesh/"],
  verify: ["kumactl inspect dataplane web-1 --type config-dump | meshlog verify --config-dump - mesh/"],
  parse: ["meshlog parse -e '%REQ(:PATH):10%'", "meshlog parse policies/"],
  preview: [
    "meshlog preview -e '%START_TIME% %RESPONSE_CODE%' --traffic failure",
    "meshlog preview mesh/ --dataplane web-1",
  ],
  operators: ["meshlog operators --kuma 2.13 --protocol tcp", "meshlog operators START_TIME"],
  migrate: ["meshlog migrate --kuma 2.13 --to 2.14 --diff policies/"],
  fmt: ["meshlog fmt --check policies/", "meshlog fmt --diff policies/"],
  init: ["meshlog init logs/", "meshlog init logs/ --kuma 2.13 --shape kubernetes --ci github --force"],
  schema: ["meshlog schema --kuma 2.14 > meshaccesslog.schema.json", "meshlog schema --kind config"],
  completion: ['eval "$(meshlog completion bash)"', "meshlog completion fish > meshlog.fish"],
};
