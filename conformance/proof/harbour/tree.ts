import { execFile } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'

// Trees of harbour, built with the machine's own compiler and no wall around it: these are our own sources.

export interface Tree {
  readonly folder: string
  /** What made it fail to be one; null where it is built. */
  readonly fault: string | null
}

const FLAGS = '-O1 -g -fno-omit-frame-pointer -fsanitize=address'

interface Ended {
  readonly exit: number
  readonly said: string
}

/** Runs a program of this machine in a folder; what it says on both streams. */
export function run(folder: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((done) => {
    const options = {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', ...env },
      maxBuffer: 16 << 20,
      encoding: 'latin1',
      timeout: 120_000,
    } as const
    execFile(argv[0]!, argv.slice(1), options, (error, out, err) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      done({ exit, said: out + err })
    })
  })
}

/** Builds the server, and with it the fuzzing harness where asked for. */
export async function build(folder: string, fuzz: boolean): Promise<Tree> {
  const env = { CC: 'clang', CFLAGS: FLAGS }
  const { exit, said } = await run(folder, ['make', 'harbour', ...(fuzz ? ['harbour-fuzz'] : [])], env)
  return { folder, fault: exit === 0 ? null : said }
}

/** A copy of a built tree with patches applied, in that order, and built again as far as they changed it. */
export async function patched(base: Tree, folder: string, patches: readonly string[], fuzz: boolean): Promise<Tree> {
  rmSync(folder, { recursive: true, force: true })
  cpSync(base.folder, folder, { recursive: true, preserveTimestamps: true })
  for (const patch of patches) {
    const { exit, said } = await run(folder, ['patch', '-p1', '--no-backup-if-mismatch', '-i', patch])
    if (exit !== 0) return { folder, fault: said }
  }
  return build(folder, fuzz)
}
