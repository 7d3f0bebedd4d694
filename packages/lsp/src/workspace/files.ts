/** The files of a workspace. A browser has none. */
export interface WorkspaceFiles {
  /**
   * The YAML and JSON files below a folder, a folder at a time from the top: without `.git` and `node_modules`, without
   * what ignore files leave out, and without following symbolic links. What cannot be read is passed over.
   */
  list(folder: string): AsyncIterable<readonly string[]>;
  /**
   * The text of a file; `undefined` if there is none, or it is no UTF-8, or larger than so many bytes.
   */
  read(uri: string, limit: number): Promise<string | undefined>;
}
