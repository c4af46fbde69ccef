import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { AttemptLine, AttemptResult, AttemptsJob, TranscriptLine } from '../../src/contract/attempts.ts'
import { RUNNER_ENTRY } from '../../src/contract/runner.ts'
import { brokenAt } from '../../src/core/evaluation/attempt/transcript-chain.ts'

const ROOT = resolve(import.meta.dirname, '../..')
export const SUITE = resolve(ROOT, 'suites/sample')
export const RUN_KEY = 'a5'.repeat(32)

export const PROFILE: AttemptsJob['profile'] = {
  name: 'conformance',
  system: 'You solve security tasks of a test suite in a sandbox.',
  tools: ['run', 'read', 'write', 'submit'],
  temperature: null,
  maxOutputTokens: 4096,
  limits: { tokens: 2_000_000, messages: 12, wallMs: 60_000, cost: null },
  safeguards: 'on',
}

/** What a run set told, gathered. */
export interface Told {
  readonly results: readonly AttemptResult[]
  readonly unsolved: readonly string[]
  readonly transcripts: ReadonlyMap<string, readonly TranscriptLine[]>
  readonly total: number
  readonly stopped: boolean
  readonly failed: string | null
  readonly code: number | null
  readonly exit: string
  /** Most memory that the runner's process held, bytes, as far as it was looked at. */
  readonly peakBytes: number
}

/** A run set under way, as whoever starts the process has it. */
export class RunSet {
  readonly child: ChildProcess
  readonly #lines: AttemptLine[] = []
  #heard: () => void = () => {}
  readonly #ended: Promise<number | null>
  #said = ''
  #peakBytes = 0

  constructor(state: string, job: AttemptsJob) {
    const words = ['--disable-warning=ExperimentalWarning', resolve(ROOT, RUNNER_ENTRY), 'attempts', '--state', state]
    this.child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } })
    this.child.stdin!.on('error', () => {})
    this.child.stdin!.write(`${JSON.stringify(job)}\n`)
    this.child.stderr!.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-4000)
    })
    const lines = createInterface({ input: this.child.stdout! })
    lines.on('line', (line) => {
      const read = JSON.parse(line) as AttemptLine
      this.#lines.push(read)
      if (read.event === 'progress') this.#peakBytes = Math.max(this.#peakBytes, peakOf(this.child.pid!))
      this.#heard()
    })
    this.#ended = Promise.all([once(this.child, 'close'), once(lines, 'close')]).then(([[code]]) => code as number | null)
  }

  /** Waits for a line. */
  async until(is: (line: AttemptLine) => boolean): Promise<void> {
    while (!this.#lines.some(is))
      await new Promise<void>((go) => {
        this.#heard = go
      })
  }

  /** Ends it as its starter would. */
  stop(): void {
    this.child.stdin!.end()
  }

  async told(): Promise<Told> {
    const code = await this.#ended
    const transcripts = new Map<string, TranscriptLine[]>()
    const told = {
      results: [] as AttemptResult[],
      unsolved: [] as string[],
      total: 0,
      stopped: false,
      failed: null as string | null,
    }
    for (const line of this.#lines) {
      if (line.event === 'ready') told.total = line.total
      if (line.event === 'attempt') told.results.push(line.result)
      if (line.event === 'unsolved-reference') told.unsolved.push(`${line.task}: ${line.say}`)
      if (line.event === 'done') told.stopped = line.stopped
      if (line.event === 'failed') told.failed = `${line.code}: ${line.say}`
      if (line.event !== 'transcript') continue
      const name = `${line.task}#${line.attempt}`
      transcripts.set(name, [...(transcripts.get(name) ?? []), ...line.lines])
    }
    return { ...told, transcripts, code, exit: this.#said, peakBytes: this.#peakBytes }
  }
}

function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

/** What is wrong with how attempts are accounted for: each named once, with a chain that holds and ends in what the result says. */
export function unaccounted({ results, transcripts, total }: Told): string[] {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const wrong: string[] = []
  const names = results.map(({ task, attempt }) => `${task}#${attempt}`)
  if (results.length !== total) wrong.push(`${results.length} results of ${total}`)
  if (new Set(names).size !== names.length) wrong.push('one is told twice')
  for (const result of results) {
    const name = `${result.task}#${result.attempt}`
    const lines = transcripts.get(name) ?? []
    if (lines.length === 0) wrong.push(`${name} has no transcript`)
    if (brokenAt(lines, sha256) !== null) wrong.push(`the chain of ${name} does not hold`)
    if (lines.at(-1)?.hash !== result.transcript) wrong.push(`the chain of ${name} ends elsewhere`)
  }
  return wrong
}
