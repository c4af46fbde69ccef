import type { Limits } from './limits.ts'
import type { Floor, Network, Tier, TierFacts, TierLack } from './tier.ts'

// What may be asked of the sandbox process and what it answers. One message is a line of JSON; where it says `bytes`, that many
// raw bytes follow it. Requests carry a number of the asker's choosing, answers repeat it; they may come in another order.
//
// Inside, every tier looks the same: /work /in /tmp /out /dev/shm are writable tmpfs and the only writable places, the working
// directory is /work, HOME is /work, /usr and what else the image has are read-only, /weir/node is a Node and /weir/inside the
// room's own drivers, the
// user is 1000:1000, the host is called `sandbox`, there are no environment variables but the ones given and PATH, HOME, LANG=C.UTF-8.
// Address randomisation is off, unless the tier's facts say otherwise.

/** A name in the depot: the folder of unpacked trees that may be mounted read-only. The caller chooses it from a digest. */
export type EntryName = string
export const ENTRY_NAME = /^[a-z0-9][a-z0-9-]{0,99}$/

export interface Mount {
  readonly entry: EntryName
  /** An absolute path below /src, /in or /work (never one of these itself), or at or below /srv or /solve; read-only inside. */
  readonly at: string
}

export interface OpenSpec {
  readonly limits: Limits
  readonly network: Network
  readonly floor: Floor
  /** Null: the machine's own toolchain, read-only. Else the root of an unpacked image in the depot. */
  readonly image: EntryName | null
  readonly mounts: readonly Mount[]
}

export interface ExecSpec {
  /** Not through a shell; argv[0] is looked up in PATH. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Absolute. */
  readonly cwd: string
  /** Overrides of the sandbox's limits for this exec; never above them. */
  readonly wallMs?: number
}

/**
 * How an exec ended. `ended` is the program's own doing; the others are the wall's, and say nothing about the program's flaw.
 * `lost`: the sandbox's own inner part is gone, so nothing more can be said.
 */
export type ExecEnd =
  | { readonly how: 'ended'; readonly exit: number; readonly signal: null }
  | { readonly how: 'ended'; readonly exit: null; readonly signal: string }
  | { readonly how: 'wall-time' | 'cpu-time' | 'memory' | 'files' | 'closed' | 'lost' }

export interface ExecResult {
  readonly end: ExecEnd
  /** Bytes that follow: first those of standard output, then those of standard error, as kept. */
  readonly stdout: number
  readonly stderr: number
  /** Bytes beyond the cap that were dropped. */
  readonly dropped: { readonly stdout: number; readonly stderr: number }
  readonly wallMs: number
  /** Peak memory where the tier knows it, bytes. */
  readonly peakBytes: number | null
}

/** A tree in the depot: the SHA-256 of its canonical listing, so that equal trees have equal digests wherever they were built. */
export interface TreeFacts {
  readonly entry: EntryName
  readonly digest: string
  readonly files: number
  readonly bytes: number
  /** Entries left out because they were hostile: links that lead out, devices, sockets, odd names; at most 100 are named. */
  readonly leftOut: readonly string[]
}

export type SandboxRequest =
  /** Which tiers are here, tried by opening each once. */
  | { readonly n: number; readonly do: 'tiers' }
  | { readonly n: number; readonly do: 'open'; readonly box: string; readonly spec: OpenSpec }
  /** `bytes` of a ustar/pax archive unpacked at `at` inside (below a writable place). */
  | { readonly n: number; readonly do: 'put'; readonly box: string; readonly at: string; readonly bytes: number }
  /** `bytes` of standard input follow. */
  | { readonly n: number; readonly do: 'exec'; readonly box: string; readonly spec: ExecSpec; readonly bytes: number }
  /** Answers with a ustar archive of that file or folder: plain files and folders only, the rest left out and told. */
  | { readonly n: number; readonly do: 'get'; readonly box: string; readonly path: string }
  /** As get, unpacked into the depot under `entry`. What was there under that name stays. */
  | { readonly n: number; readonly do: 'keep'; readonly box: string; readonly path: string; readonly entry: EntryName }
  | { readonly n: number; readonly do: 'close'; readonly box: string }
  /**
   * Open, put, exec, gets and keep, close; the answer comes when everything is gone. `put` bytes of an archive for / (below the
   * writable places) come first, then `stdin` bytes: together `bytes`.
   */
  | { readonly n: number; readonly do: 'run'; readonly box: string; readonly spec: RunSpec; readonly bytes: number }
  /** Is there a tree of that name? */
  | { readonly n: number; readonly do: 'has'; readonly entry: EntryName }
  /** `bytes` of a tar, tar.gz, tar.zst or zip become a tree in the depot, within the limits. Symbolic links that stay inside stay. */
  | { readonly n: number; readonly do: 'fill'; readonly entry: EntryName; readonly limits: FillLimits; readonly bytes: number }
  | { readonly n: number; readonly do: 'drop'; readonly entry: EntryName }

export interface FillLimits {
  readonly bytes: number
  readonly files: number
}

export interface RunSpec {
  readonly open: OpenSpec
  readonly put: number
  readonly exec: ExecSpec
  readonly stdin: number
  /** Files or folders to bring back as one archive, as for get; absent ones are told, not refused. */
  readonly get: readonly string[]
  /** Only when the program ended with exit code 0. */
  readonly keep: { readonly path: string; readonly entry: EntryName } | null
}

export type SandboxRefusal =
  | 'sandbox.no-tier'
  | 'sandbox.below-floor'
  | 'sandbox.no-such-network'
  | 'sandbox.not-open'
  | 'sandbox.no-entry'
  | 'sandbox.bad-request'
  | 'sandbox.too-large'
  | 'sandbox.bad-archive'
  | 'sandbox.failed'

export type SandboxAnswer =
  | { readonly n: number; readonly did: 'tiers'; readonly here: readonly TierFacts[]; readonly lacking: readonly TierLack[] }
  | { readonly n: number; readonly did: 'opened'; readonly tier: TierFacts; readonly openMs: number }
  | { readonly n: number; readonly did: 'put' }
  | ({ readonly n: number; readonly did: 'executed'; readonly bytes: number } & ExecResult)
  | { readonly n: number; readonly did: 'got'; readonly bytes: number; readonly leftOut: readonly string[] }
  | ({ readonly n: number; readonly did: 'kept' } & TreeFacts)
  | { readonly n: number; readonly did: 'closed' }
  | ({
      readonly n: number
      readonly did: 'ran'
      readonly tier: TierFacts
      readonly openMs: number
      /** stdout, stderr, then `got` bytes of archive. */
      readonly bytes: number
      readonly got: number
      readonly leftOut: readonly string[]
      readonly kept: TreeFacts | null
    } & ExecResult)
  | { readonly n: number; readonly did: 'has'; readonly tree: TreeFacts | null }
  | ({ readonly n: number; readonly did: 'filled' } & TreeFacts)
  | { readonly n: number; readonly did: 'dropped' }
  | {
      readonly n: number
      readonly did: 'refused'
      readonly code: SandboxRefusal
      readonly say: string
      readonly mend: string | null
    }

export type { Floor, Limits, Network, Tier }

/** The entry of the sandbox process, from the project's root: `--depot DIR` and nothing else. */
export const SANDBOX_ENTRY = 'src/sandbox/main.ts'
