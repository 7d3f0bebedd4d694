import { isBuiltin } from "node:module";
import { pathToFileURL } from "node:url";
import type { OnLoadResult, Plugin } from "esbuild";

/** Modules that a bundle loads late, and what of them is to stand beside its chunks. */
export interface LazyModules {
  readonly plugin: Plugin;
  /** The packages among them that a build met: their files, by the name of the CommonJS file to be made of each. */
  readonly packages: ReadonlyMap<string, string>;
}

/**
 * Modules that a bundle loads when one of their functions is called for the first time: most runs of a program use few of
 * its dependencies, and of Node's modules some take longer to load than a small file takes to check. Only functions,
 * classes, and tables of numbers and texts can be imported from such a module, and no class can extend one of its classes.
 *
 * @param names as they are imported; Node's own begin with `node:`.
 */
export function lazyModules(names: readonly string[]): LazyModules {
  const isLazy = new Set(names);
  const packages = new Map<string, string>();
  const plugin: Plugin = {
    name: "lazy-modules",
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path, kind, resolveDir, namespace }) => {
        if (namespace === lazy) return { path, external: true };
        if (!isLazy.has(path) || kind !== "import-statement") return undefined;
        if (isBuiltin(path)) return { path, namespace: lazy };
        const found = await build.resolve(path, { resolveDir, kind: "require-call" });
        if (found.errors.length > 0) return found;
        const name = path.replace("@", "").replaceAll("/", "-");
        packages.set(name, found.path);
        return { path: found.path, namespace: lazy, pluginData: `require("./${name}.cjs")` };
      });
      build.onLoad({ filter: /./, namespace: lazy }, ({ path, pluginData }) =>
        standIn(path, typeof pluginData === "string" ? pluginData : `globalThis.process.getBuiltinModule("${path}")`),
      );
      // Its facade as an ES module reads every property of the object, the standard streams too.
      build.onResolve({ filter: /^node:process$/ }, ({ path }) => ({ path, namespace: "process" }));
      build.onLoad({ filter: /./, namespace: "process" }, () => ({ contents: "export default globalThis.process;" }));
    },
  };
  return { plugin, packages };
}

const lazy = "lazy";

/** Whether an input of a build is no file, but stands in for a module that is loaded late. */
export function isStandIn(input: string): boolean {
  return input.startsWith(`${lazy}:`);
}

/** What a module exports, too, that is no name. */
const notNames: ReadonlySet<string> = new Set(["default", "module.exports"]);

/**
 * A module with the exports of another, each of which loads that one when it is called.
 *
 * @param load the expression that loads it.
 */
async function standIn(path: string, load: string): Promise<OnLoadResult> {
  const url = isBuiltin(path) ? path : pathToFileURL(path).href;
  const real = (await import(url)) as Readonly<Record<string, unknown>>;
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
  return { contents: contents.join("\n") };
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
