import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { type Metered, runMetered } from './metered.ts'
import { buildOsvDatabase } from './osv-database.ts'
import { fetchPeer, lastLine, NoPeer, peersFolder } from './peers-cache.ts'
import { OSV_OFFLINE, TRIVY } from './pinned.ts'
import { walkComponents } from './plain-walk.ts'
import { type PeerAnswer, scanWithTrivy } from './trivy.ts'
import { buildTrivyDatabase } from './trivy-database.ts'

export const TOOLS = ['trivy', 'osv-offline', 'weir'] as const
export type Tool = (typeof TOOLS)[number]

/** What a tool said of one inventory: `whole` is a process of its own from start to end, `inside` one pass after another in one process. */
export interface ToolRun {
  readonly answer: PeerAnswer
  readonly whole: Metered | null
  readonly inside: readonly number[]
}

/** A tool over all inventories, or why it cannot be had. */
export type ToolRuns = { readonly runs: readonly ToolRun[]; readonly version: string } | { readonly missing: string }

const HERE = import.meta.dirname
const ROOT = resolve(HERE, '../..')
const NODE = ['--disable-warning=ExperimentalWarning']

/** Trivy's command line, a process an inventory: it has no other way without a server. */
export function runTrivy(corpus: string, files: readonly string[]): ToolRuns {
  return orMissing(() => {
    const folder = peersFolder()
    const home = fetchPeer(folder, TRIVY)
    for (const one of OSV_OFFLINE) fetchPeer(folder, one)
    const { valid } = createRequire(join(folder, 'x.js'))('@renovatebot/pep440') as { valid(version: string): unknown }
    buildTrivyDatabase(corpus, join(folder, 'trivy'), (version) => Boolean(valid(version)))
    const runs = files.map((file) => {
      const refs = walkComponents(readFileSync(file, 'utf8')).flatMap(({ ref, purl }) =>
        ref === null ? [] : [[ref, purl] as const],
      )
      const { answer, metered } = scanWithTrivy(home, join(folder, 'trivy'), file, new Map(refs))
      return { answer, whole: metered, inside: [] }
    })
    return { runs, version: `dev, in ${TRIVY.name}@${TRIVY.version}` }
  })
}

/** osv-offline's database and Renovate's orders of versions, over components that a plain walk finds: it reads no inventories itself. */
export function runOsvOffline(corpus: string, files: readonly string[]): ToolRuns {
  return orMissing(() => {
    const folder = peersFolder()
    for (const one of OSV_OFFLINE) fetchPeer(folder, one)
    const data = join(folder, 'osv-offline')
    buildOsvDatabase(corpus, data)
    const env = { ...process.env, OSV_OFFLINE_ROOT_DIR: data }
    const words = (own: readonly string[]) => [...NODE, join(HERE, 'osv-child.ts'), folder, ...own]
    const runs = insideRuns(words(files), env).map(({ answer, inside }, n) => {
      return { answer, whole: runMetered(process.execPath, words([files[n]!]), env), inside }
    })
    return { runs, version: `${OSV_OFFLINE[0]!.name}@${OSV_OFFLINE[0]!.version}` }
  })
}

/** Our readers and matching in one process, and `weir exposure` as people run it, its feed read from the upstream files each time. */
export function runWeir(corpus: string, files: readonly string[], feed: string): ToolRuns {
  return orMissing(() => {
    const inside = insideRuns([...NODE, join(HERE, 'weir-child.ts'), corpus, ...files], process.env)
    const words = [...NODE, join(ROOT, 'src/cli/main.ts'), 'exposure', '--feed', feed, '--json', '--fail-on', 'never']
    const runs = inside.map((run, n) => ({ ...run, whole: runMetered(process.execPath, [...words, files[n]!]) }))
    return { runs, version: 'this tree' }
  })
}

function orMissing(run: () => ToolRuns): ToolRuns {
  try {
    return run()
  } catch (error) {
    if (error instanceof NoPeer) return { missing: error.message }
    throw error
  }
}

function insideRuns(words: readonly string[], env: NodeJS.ProcessEnv): { answer: PeerAnswer; inside: readonly number[] }[] {
  const run = spawnSync(process.execPath, words, { encoding: 'utf8', env, maxBuffer: 1 << 30 })
  if (run.status !== 0) throw new NoPeer(`it ends with ${run.status}: ${lastLine(run.stderr)}`)
  const rows = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { findings?: string[]; refused?: string; ms?: number[] })
  return rows.slice(1, -1).map(({ findings, refused, ms }) => ({
    answer: findings === undefined ? { refused: refused ?? '' } : { findings },
    inside: ms ?? [],
  }))
}
