import type { LoggerFacts } from "./logger-facts.ts";

/**
 * An error of the plugin meshaccesslog as Kuma logs it when it generates a proxy.
 *
 * @param generator the generator of the proxy: `default-proxy`, for a built-in gateway `gateway-proxy`.
 */
export function pluginError(
  error: string,
  generator: "default-proxy" | "gateway-proxy",
  { generationErrors }: Pick<LoggerFacts, "generationErrors">,
): string {
  const applying = `could not apply policy plugin meshaccesslog: ${error}`;
  switch (generationErrors) {
    case "plain":
      return applying;
    case "with-generator":
      return `imports[0]{name="${generator}"}: generator.generator failed: ${applying}`;
  }
}
