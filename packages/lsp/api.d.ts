import { Connection } from 'vscode-languageserver';
import { Severity } from '@meshlog/parser';
interface Server {
    listen(): void;
}
type Schedule = (task: () => void) => () => void;
interface ServerOptions {
    readonly schedule?: Schedule;
}
declare function createServer(connection: Connection, { schedule }?: ServerOptions): Server;
interface Settings {
    readonly kuma?: string;
    readonly envoy?: string;
    readonly lints?: Readonly<Record<string, Severity | "off">>;
    readonly controlPlane?: {
        readonly zone?: string;
    };
    readonly inlayHints?: boolean;
}

export { createServer };
export type { Server, Settings };
