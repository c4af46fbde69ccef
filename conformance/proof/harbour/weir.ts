import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type LocalJob, RUNNER_ENTRY, type RunnerLine } from '../../../src/contract/runner.ts'
import type { Outcome } from '../../../src/core/validation/outcome.ts'

// Has Weir's own runner prove something, as `weir validate` does on a laptop.

export interface Proved {
  readonly outcome: Outcome
  readonly wallMs: number
  /** What it told on the way, with the milliseconds since the start. */
  readonly told: readonly { readonly say: string; readonly atMs: number }[]
}

export type Settings = Readonly<Record<string, number | string>>

/** Proves a proof file; builds stay in the state folder, for the next proof of the same target. */
export async function proveLocally(
  proofFile: string,
  state: string,
  tasks: readonly string[],
  settings: Settings,
): Promise<Proved> {
  const root = resolve(import.meta.dirname, '../../..')
  const began = performance.now()
  const runner = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', resolve(root, RUNNER_ENTRY), 'local', '--state', state],
    { cwd: root, env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' }, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const job: LocalJob = { do: 'validate', proofFile, out: null, tasks, settings }
  runner.stdin.on('error', () => {})
  runner.stdin.write(`${JSON.stringify(job)}\n`)
  const told: { say: string; atMs: number }[] = []
  const ends: RunnerLine[] = []
  let rest = ''
  runner.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines.map((one) => JSON.parse(one) as RunnerLine)) {
      if (line.event === 'progress') told.push({ say: line.say, atMs: performance.now() - began })
      if (line.event !== 'done' && line.event !== 'failed') continue
      ends.push(line)
      runner.stdin.end()
    }
  })
  const [exit, signal] = (await once(runner, 'close')) as [number | null, string | null]
  const last = ends[0]
  if (last?.event !== 'done')
    throw new Error(
      `the runner ended with ${exit ?? signal}: ${last?.event === 'failed' ? `${last.code}: ${last.say}` : 'nothing was proved'}`,
    )
  return { outcome: last.outcome, wallMs: performance.now() - began, told }
}

/** Milliseconds that the cross matrix took, builds and ladders apart; null where there was none. */
export function matrixMs({ told }: Proved): number | null {
  const at = told.findIndex(({ say }) => say.startsWith('Each patch against each reproducer'))
  return at < 0 || told[at + 1] === undefined ? null : told[at + 1]!.atMs - told[at]!.atMs
}

/** Writes the same proof with the good patches only, fourteen against fourteen, into a folder; its builds are those of the whole. */
export function goodOnly(file: string, folder: string): string {
  const absolute = (path: string) => join(import.meta.dirname, path)
  const proof = JSON.parse(readFileSync(absolute(file), 'utf8'), (key, value: unknown) => {
    if (key === 'source' || key === 'file') return absolute(value as string)
    return key === 'exchange' ? (value as string[]).map(absolute) : value
  }) as { patches: { id: string }[] }
  const path = join(folder, file)
  writeFileSync(path, JSON.stringify({ ...proof, patches: proof.patches.filter(({ id }) => id.endsWith('-good')) }))
  return path
}
