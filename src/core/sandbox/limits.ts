/** What one sandbox may use. Every limit holds for everything inside it together, unless it says otherwise. */
export interface Limits {
  /** Wall-clock milliseconds one exec may take; then everything in the sandbox is killed. */
  readonly wallMs: number
  /** Seconds of CPU any one process may use. */
  readonly cpuSeconds: number
  /** Bytes of memory. Tmpfs counts where the tier has cgroups. */
  readonly memoryBytes: number
  /** Processes and threads at once. */
  readonly processes: number
  /** Bytes of each writable place (`/work`, `/in`, `/tmp`, `/out`, `/dev/shm`): each is a tmpfs of this size. */
  readonly diskBytes: number
  /** Files and folders in all writable places together. */
  readonly files: number
  /** Bytes of standard output, and of standard error, that are kept of one exec; what comes after is dropped and counted. */
  readonly outputBytes: number
  /** Bytes one get or keep may carry out. */
  readonly resultBytes: number
}

const MIB = 1 << 20

/** For a run of a reproducer or a test. */
export const RUN_LIMITS: Limits = {
  wallMs: 60_000,
  cpuSeconds: 60,
  memoryBytes: 2048 * MIB,
  processes: 128,
  diskBytes: 256 * MIB,
  files: 20_000,
  outputBytes: 4 * MIB,
  resultBytes: 64 * MIB,
}

/** For a build of a target. */
export const BUILD_LIMITS: Limits = {
  wallMs: 20 * 60_000,
  cpuSeconds: 20 * 60,
  memoryBytes: 4096 * MIB,
  processes: 256,
  diskBytes: 2048 * MIB,
  files: 200_000,
  outputBytes: 8 * MIB,
  resultBytes: 2048 * MIB,
}

/** `asked` where it says something, `base` elsewhere, and never above `most`. */
export function limitsWithin(asked: Partial<Limits>, base: Limits, most: Limits): Limits {
  const out = { ...base }
  for (const name of Object.keys(base) as (keyof Limits)[]) {
    const value = asked[name]
    out[name] = Math.min(most[name], typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : base[name])
  }
  return out
}
