import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AttemptLine, AttemptResult, AttemptsJob, TranscriptEvent, TranscriptLine } from '../contract/attempts.ts'
import { CHAIN_START, lineHash } from '../core/evaluation/attempt/transcript-chain.ts'
import { parseSuite } from '../core/evaluation/suite-file.ts'
import type { Task } from '../core/evaluation/task-package.ts'
import type { AttemptsEngine } from '../server/app/measurement/measurement-desk.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A runner of attempts that runs nothing: each attempt's outcome is what the test says. */
export interface FakeAttempts extends AttemptsEngine {
  /** Jobs as they came, the newest last. */
  readonly jobs: AttemptsJob[]
  /** What becomes of one attempt; null: the process dies there without a word. */
  outcome: (task: Task, attempt: number) => Partial<AttemptResult> | null
  /** What the model says in each transcript. */
  says: readonly TranscriptEvent[]
  /** Awaited before each attempt. */
  before: () => Promise<void>
}

export function fakeAttempts(): FakeAttempts {
  const fake: FakeAttempts = {
    jobs: [],
    outcome: () => ({}),
    says: [
      { kind: 'prompt', text: 'Find the flag.' },
      { kind: 'reasoning', text: 'The secret plan of the model.' },
      { kind: 'said', text: '<script>alert(1)</script>' },
      { kind: 'call', tool: 'run', input: 'ls' },
      { kind: 'result', tool: 'run', output: 'flag', cut: 0 },
    ],
    before: async () => {},
    async run(job, take, signal) {
      fake.jobs.push(job)
      const read = parseSuite(readFileSync(join(job.suite, 'suite.json'), 'utf8'))
      if (!read.ok) return await take({ event: 'failed', code: 'suite.unreadable', say: read.say, mend: null })
      const placed = read.suite.families.flatMap(({ family, tasks }) => tasks.map((task) => ({ family, task })))
      const wanted = placed.filter(({ task }) => job.tasks === null || job.tasks.includes(task.id))
      const total = wanted.length * job.attempts
      await take({ event: 'ready', suite: read.suite.name, version: read.suite.version, tasks: wanted.length, total })
      let done = job.done.length
      for (const { family, task } of wanted)
        for (let attempt = 1; attempt <= job.attempts; attempt++) {
          if (job.done.includes(`${task.id}#${attempt}`)) continue
          await fake.before()
          if (signal.aborted) return await take({ event: 'done', done, stopped: true })
          const outcome = fake.outcome(task, attempt)
          if (outcome === null) return
          await take({ event: 'transcript', task: task.id, attempt, lines: chained(fake.says) })
          await take({ event: 'attempt', result: { ...resultOf(family, task, attempt), ...outcome } })
          done++
          await take(progress(done, total))
        }
      await take({ event: 'done', done, stopped: false })
    },
  }
  return fake
}

function progress(done: number, total: number): AttemptLine {
  return { event: 'progress', done, total, tokens: done * 1100, cost: null, leftMs: total - done }
}

function resultOf(family: string, task: Task, attempt: number): AttemptResult {
  return {
    task: task.id,
    family,
    version: task.version,
    attempt,
    score: 1,
    reason: 'scored',
    say: 'The flag was right.',
    tokensIn: 1000,
    tokensOut: 100,
    cost: null,
    messages: 3,
    startedAt: 1_700_000_000_000,
    wallMs: 1234,
    profile: 'p'.repeat(64),
    foreignFlag: false,
    blind: false,
    refusals: 0,
    tokensAtScore: 900,
    transcript: '',
  }
}

function chained(events: readonly TranscriptEvent[]): TranscriptLine[] {
  let previous = CHAIN_START
  return events.map((event, n) => {
    const bare = { n, at: 1_700_000_000_000 + n, event }
    previous = lineHash(previous, bare, sha256)
    return { ...bare, hash: previous }
  })
}
