import { Connection } from 'vscode-languageserver';
import { LintLevels, ControlPlane } from '@meshlog/compiler';
interface WorkspaceFiles {
    list(folder: string): AsyncIterable<readonly string[]>;
    read(uri: string, limit: number): Promise<string | undefined>;
}
interface WorkspaceLimits {
    readonly files: number;
    readonly fileSize: number;
    readonly text: number;
}
interface Server {
    listen(): void;
}
type Schedule = (task: () => void) => () => void;
interface ServerOptions {
    readonly schedule?: Schedule;
    readonly files?: WorkspaceFiles;
    readonly limits?: WorkspaceLimits;
    readonly site?: string;
}
declare function createServer(connection: Connection, { schedule, files, limits, site }?: ServerOptions): Server;
interface Settings {
    readonly kuma?: string;
    readonly envoy?: string;
    readonly lints?: LintLevels;
    readonly controlPlane?: ControlPlane;
    readonly inlayHints?: boolean;
}

export { createServer };
export type { Server, Settings };
