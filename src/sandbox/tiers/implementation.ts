import type { Limits } from '../../core/sandbox/limits.ts'
import type { TierFacts } from '../../core/sandbox/tier.ts'

/** What a tier is asked to start: paths are the host's and were checked. */
export interface StartSpec {
  readonly limits: Limits
  /** Whether the sandbox has IP sockets, on its own loopback. */
  readonly loopback: boolean
  /** The folder that is the root instead of the host's own toolchain. */
  readonly image: { readonly name: string; readonly folder: string } | null
  readonly mounts: readonly { readonly source: string; readonly at: string }[]
  /** The folder for the runs' streams, at /weir/io inside. */
  readonly io: string
}

/** What the wall did to the program, as opposed to what the program did. */
export type Held = 'memory' | 'files'

/** A started sandbox: its agent waits for requests. */
export interface InnerProcess {
  /** Passes a request to the agent. */
  ask(number: string): void
  /** Called with each record of RECORD bytes that the agent or the witness wrote. */
  onRecord(take: (record: Uint8Array) => void): void
  /** Resolves when everything inside is dead, with what the sandbox's outer part said about it. */
  readonly ended: Promise<string>
  /** Kills everything inside; `ended` tells when that is done. */
  kill(): void
  /** Begins to count for one run. */
  begin(): void
  /** What the wall did since `begin`; null where nothing. */
  held(): Held | null
  /** Peak bytes of memory since `begin`, where known. */
  peakBytes(): number | null
  /** Gives back what it took from the machine, after `ended`. */
  release(): Promise<void>
}

/** A kind of wall that is here. A tier is added by one more file with a function that makes this, or says what it lacks. */
export interface TierImplementation {
  readonly facts: TierFacts
  start(spec: StartSpec): Promise<InnerProcess>
}

export const RECORD = 152
