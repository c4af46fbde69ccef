import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NoPeer } from './peers-cache.ts'

/** What a whole process took, its own children included. */
export interface Metered {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakMb: number
}

const TIME = '/usr/bin/time'

/** Runs a program to its end under GNU time: wall and CPU in milliseconds, peak memory in MB. Throws NoPeer where that is not installed. */
export function runMetered(program: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env): Metered {
  if (!existsSync(TIME)) throw new NoPeer('measuring whole processes needs GNU time')
  const folder = mkdtempSync(join(tmpdir(), 'weir-metered-'))
  try {
    const file = join(folder, 'time')
    const began = performance.now()
    const run = spawnSync(TIME, ['-f', '%U %S %M', '-q', '-o', file, program, ...words], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env,
    })
    const wallMs = performance.now() - began
    const [user = 0, system = 0, kilobytes = 0] = readFileSync(file, 'utf8').trim().split(/\s+/).map(Number)
    return {
      code: run.status ?? 1,
      out: run.stdout,
      err: run.stderr,
      wallMs,
      cpuMs: (user + system) * 1000,
      peakMb: kilobytes / 1024,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
