import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Clocks } from './keep/ground.ts'

const NS_IN_MS = 1_000_000n

/** The clocks of this machine. Where the system does not name its run, each process counts as a run of its own. */
export function hostClocks(): Clocks {
  return {
    boot: bootName() ?? randomUUID(),
    read: () => ({ host: Date.now(), mono: Number(process.hrtime.bigint() / NS_IN_MS) }),
  }
}

function bootName(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
  } catch {
    return null
  }
}
