import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { type FilterArch, filterName } from '../seccomp/filter.ts'

/** The programs that build the wall, found once. */
export interface Tools {
  readonly bubblewrap: string
  readonly version: string
  readonly setpriv: string
  /** The file of the filter of that kind for this processor. */
  filter(kind: { readonly loopback: boolean; readonly watched: boolean }): string
}

export interface Missing {
  readonly say: string
  readonly mend: string
}

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin']
const PACKAGES = { bwrap: 'bubblewrap', setpriv: 'util-linux' } as const

/** Finds the tools, or says what is missing and which command brings it. */
export function findTools(): Tools | Missing {
  const found = new Map<string, string>()
  for (const [name, packageName] of Object.entries(PACKAGES)) {
    const path = findProgram(name)
    if (path === null) return { say: `${name} is not installed`, mend: `apt-get install -y ${packageName}` }
    found.set(name, path)
  }
  if (process.arch !== 'x64' && process.arch !== 'arm64')
    return {
      say: `no filter of system calls is shipped for the processor ${process.arch}`,
      mend: 'use a machine with x86-64 or arm64',
    }
  const arch: FilterArch = process.arch
  const bubblewrap = found.get('bwrap')!
  const said = execFileSync(bubblewrap, ['--version'], { env: {}, encoding: 'utf8', timeout: 5000 })
  return {
    bubblewrap,
    version: /(\d+\.\d+(?:\.\d+)?)/.exec(said)?.[1] ?? 'of unknown version',
    setpriv: found.get('setpriv')!,
    filter: (kind) => join(import.meta.dirname, '../seccomp/shipped', filterName({ arch, ...kind })),
  }
}

/** Where a program of that name is, among the folders of a system; null where it is not. */
export function findProgram(name: string): string | null {
  return FOLDERS.map((folder) => join(folder, name)).find(runs) ?? null
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
