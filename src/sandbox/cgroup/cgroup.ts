import type { Limits } from '../../core/sandbox/limits.ts'
import type { CgroupFiles } from './files.ts'

/** One sandbox's control group, in one or several hierarchies. */
export interface Cgroup {
  /** Files into which the process that becomes the sandbox writes 0 to join. */
  readonly joins: readonly string[]
  /** More of them, which may refuse: they hold nothing that the wall relies on. */
  readonly mayJoin: readonly string[]
  /** How often the kernel killed something inside for memory. */
  kills(): number
  /** Peak bytes since the last `resetPeak`, where the kernel counts them. */
  peakBytes(): number | null
  resetPeak(): void
  /** Kills what is still inside and removes the groups; false while something is still dying. */
  remove(): boolean
}

export interface CgroupMaker {
  readonly version: 'cgroup-v1' | 'cgroup-v2'
  /** Null where the kernel does not take the limits. `name` begins with the owner's name. */
  make(name: string, limits: Limits, processors: number): Cgroup | null
  /** Removes the groups, and what runs in them, of sandbox processes that are gone. */
  clear(isOrphaned: (name: string) => boolean): void
}

/** Beside the program's processes: bubblewrap, the agent, and the witness. */
export const OWN_PROCESSES = 3

/** Hundredths of a processor that are kept free for the launcher's own clock. */
export const KEPT_FREE = 5

/** The number after `name` in a file of lines `name number`. */
export function fieldOf(text: string | null, name: string): number {
  for (const line of (text ?? '').split('\n')) {
    const [key, value] = line.split(' ')
    if (key === name) return Number(value) || 0
  }
  return 0
}

/** Kills the processes that are in the group `folder` now; this one and the first are spared whatever stands there. */
export function killMembers(files: CgroupFiles, folder: string): void {
  for (const line of (files.read(`${folder}/cgroup.procs`) ?? '').split('\n')) {
    const pid = Number(line)
    try {
      if (pid > 1 && pid !== process.pid) process.kill(pid, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
}
