// How `weir` on the same machine speaks to the server it started: lines of JSON. The server process prints `ServerLine`s on its
// standard output; while it runs it also listens on a socket only its own account can open (`control.sock`, path in `server.json`
// of the data folder), where one `ControlRequest` line is answered by `ControlReply` lines, the last one `done` or `failed`.

/** What the server process says on standard output. */
export type ServerLine =
  | { readonly event: 'starting'; readonly step: string }
  | {
      readonly event: 'ready'
      readonly url: string
      readonly addresses: readonly string[]
      readonly pid: number
      readonly data: string
      readonly keys: string
      readonly database: 'direct' | 'dropped' | 'namespace' | 'outside'
      readonly notes: readonly string[]
      /** Link for the first administrator, once; null on a demo and when there is one. */
      readonly firstLink: string | null
    }
  | { readonly event: 'failed'; readonly say: string; readonly mend: string | null }
  | { readonly event: 'stopped' }

/** `server.json` in the data folder while a server runs on it. */
export interface ServerFile {
  readonly pid: number
  readonly startedAt: string
  /** null in maintenance: records and keys are open, no door is. */
  readonly url: string | null
  readonly control: string
  readonly demo: boolean
}

export type ControlRequest =
  | { readonly do: 'status' }
  | { readonly do: 'stop' }
  /** Writes a backup to a new file; keys are never in it. */
  | { readonly do: 'backup'; readonly to: string }
  /** Takes a backup into empty records; only in maintenance on a fresh data folder. */
  | { readonly do: 'restore'; readonly from: string }
  | { readonly do: 'ledger-status' }
  /** A person goes on from restored records as a new log. */
  | { readonly do: 'ledger-accept-fork'; readonly origin: string }
  | { readonly do: 'administrator-link' }

export type ControlReply =
  | { readonly event: 'progress'; readonly say: string }
  | { readonly event: 'done'; readonly result: Readonly<Record<string, string | number | boolean | null>> }
  | { readonly event: 'failed'; readonly say: string; readonly mend: string | null }

/** Arguments of the server process: `node src/server/main/main.ts --data DIR [--port N] [--demo] [--maintenance]`. */
export const SERVER_ENTRY = 'src/server/main/main.ts'
/**
 * What node is told about it: left alone, V8 gives short-lived objects up to 128 MiB on a large machine. Below 16 MiB the inventory
 * of a request outlives a collection and is copied: a quarter of the time of a check.
 */
export const SERVER_FLAGS = ['--min-semi-space-size=16', '--max-semi-space-size=16'] as const
