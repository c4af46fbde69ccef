import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
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
  const gone = new Promise<number | null>((done) => runner.on('close', done))
  const job: LocalJob = { do: 'validate', proofFile, out: null, tasks, settings }
  runner.stdin.write(`${JSON.stringify(job)}\n`)
  const told: { say: string; atMs: number }[] = []
  let outcome: Outcome | null = null
  let failure = ''
  for await (const text of createInterface({ input: runner.stdout })) {
    const line = JSON.parse(text) as RunnerLine
    if (line.event === 'progress') told.push({ say: line.say, atMs: performance.now() - began })
    else if (line.event === 'done') outcome = line.outcome
    else if (line.event === 'failed') failure = `${line.code}: ${line.say}`
    if (line.event === 'done' || line.event === 'failed') runner.stdin.end()
  }
  const exit = await gone
  if (outcome === null) throw new Error(`the runner proved nothing and ended with ${exit}. ${failure}`)
  return { outcome, wallMs: performance.now() - began, told }
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
