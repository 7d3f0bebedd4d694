import { isBuiltin } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { OnLoadResult, Plugin } from "esbuild";

/**
 * Modules that a bundle loads when one of their functions is called for the first time: most runs of a program use few of
 * its dependencies, and of Node's modules some take longer to load than a small file takes to check. Only functions,
 * classes, and tables of numbers and texts can be imported from such a module, and no class can extend one of its classes.
 *
 * @param names as they are imported; Node's own begin with `node:`.
 */
export function lazyModules(names: readonly string[]): Plugin {
  const isLazy = new Set(names);
  return {
    name: "lazy-modules",
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path, kind, resolveDir, namespace }) => {
        if (!isLazy.has(path) || kind !== "import-statement" || namespace === lazy) return undefined;
        if (isBuiltin(path)) return { path, namespace: lazy };
        const found = await build.resolve(path, { resolveDir, kind: "require-call" });
        return found.errors.length > 0 ? found : { path: found.path, namespace: lazy, pluginData: resolveDir };
      });
      build.onLoad({ filter: /./, namespace: lazy }, ({ path }) => standIn(path));
      // Its facade as an ES module reads every property of the object, the standard streams too.
      build.onResolve({ filter: /^node:process$/ }, ({ path }) => ({ path, namespace: "process" }));
      build.onLoad({ filter: /./, namespace: "process" }, () => ({ contents: "export default globalThis.process;" }));
    },
  };
}

const lazy = "lazy";

/** Whether an input of a build is no file, but stands in for a module that is loaded late. */
export function isStandIn(input: string): boolean {
  return input.startsWith(`${lazy}:`);
}

/** What a module exports, too, that is no name. */
const notNames: ReadonlySet<string> = new Set(["default", "module.exports"]);

/** A module with the exports of another, each of which loads that one when it is called. */
async function standIn(path: string): Promise<OnLoadResult> {
  const isOfNode = isBuiltin(path);
  const real = (await import(isOfNode ? path : pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  const load = isOfNode ? `globalThis.process.getBuiltinModule("${path}")` : `require(${JSON.stringify(path)})`;
  const exported = Object.entries(real).filter(([name]) => !notNames.has(name));
  const contents = [
    `const $load = () => ${load};`,
    ...exported.map(([name, value]) => standInFor(name, value)),
    `const $whole = () => { const real = $load(); return real.__esModule ? real.default : real; };`,
    `export default /* @__PURE__ */ new Proxy(function () {}, {
      get: (_, name) => $whole()[name],
      apply: (_, self, given) => Reflect.apply($whole(), self, given),
      construct: (_, given) => Reflect.construct($whole(), given),
    });`,
  ];
  return { contents: contents.join("\n"), ...(isOfNode ? {} : { resolveDir: dirname(path) }) };
}

/** The code of an export that does what the real one does. */
function standInFor(name: string, value: unknown): string {
  if (isTable(value)) return `export const ${name} = ${JSON.stringify(value)};`;
  if (typeof value !== "function") return "";
  if (!/^class\b/.test(Function.prototype.toString.call(value))) {
    return `export function ${name}(...given) {
      return new.target ? new ($load().${name})(...given) : $load().${name}(...given);
    }`;
  }
  return `export class ${name} {
    constructor(...given) { return new ($load().${name})(...given); }
    static [Symbol.hasInstance](value) { return value instanceof $load().${name}; }
  }`;
}

function isTable(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((one) => typeof one === "number" || typeof one === "string");
}
