import packageJson from "../../../package.json" with { type: "json" };

const { version, homepage }: { readonly version: string; readonly homepage?: string } = packageJson;

/** The version of meshlog. */
export const meshlogVersion: string = version;

/** Where the documentation is published; `undefined` as long as it is not. */
export const documentationSite: string | undefined = homepage;
