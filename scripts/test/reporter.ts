import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

/** What the runner needs of one finished test, or a piece of what a test process printed. */
export interface Told {
  /** `end` closes a run that ended by itself; without it the process was cut. */
  readonly kind: 'pass' | 'fail' | 'skip' | 'printed' | 'end'
  readonly name: string
  readonly file: string | null
  readonly line: number | null
  readonly says: string | null
}

/** Reporter for node:test: a line of JSON per test, written as it ends, so that a crash loses nothing that was counted. */
export default async function* told(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const open = new Map<string, Told>()
  for await (const event of events) {
    if (event.type === 'test:enqueue') open.set(keyOf(event.data), neverEnded(event.data))
    if (event.type === 'test:complete') open.delete(keyOf(event.data))
    const line = tell(event)
    if (line !== null) yield `${JSON.stringify(line)}\n`
    if (event.type === 'test:summary' && event.data.file === undefined) {
      // A test file that calls process.exit(0) ends "well" with tests that never ran.
      for (const one of open.values()) yield `${JSON.stringify(one)}\n`
      yield `${JSON.stringify({ kind: 'end', name: '', file: null, line: null, says: null } satisfies Told)}\n`
    }
  }
}

interface Place {
  readonly name: string
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly nesting: number
}

const keyOf = ({ name, file, line, nesting }: Place) => `${file}:${line}:${nesting}:${name}`

function neverEnded({ name, file, line }: Place): Told {
  return {
    kind: 'fail',
    name,
    file: file ?? null,
    line: line ?? null,
    says: 'The test never ended: its process was left in the middle.',
  }
}

/** One event as the runner wants it; null for what does not count. */
export function tell(event: TestEvent): Told | null {
  if (event.type === 'test:stdout' || event.type === 'test:stderr') {
    return { kind: 'printed', name: '', file: event.data.file, line: null, says: event.data.message }
  }
  if (event.type !== 'test:pass' && event.type !== 'test:fail') return null
  const { data } = event
  const place = { name: data.name, file: data.file ?? null, line: data.line ?? null }
  if (event.type === 'test:fail' && data.todo === undefined) {
    // What failed only because a test inside it did is not counted again.
    const error = event.data.details.error as Error & { failureType?: string }
    return error.failureType === 'subtestsFailed' ? null : { kind: 'fail', ...place, says: explain(error) }
  }
  // A suite that is skipped tells nothing of the tests in it.
  if (data.skip !== undefined) return { kind: 'skip', ...place, says: typeof data.skip === 'string' ? data.skip : null }
  if (data.details.type === 'suite') return null
  // A process a file: a file without a test passes under its own name, and that is no pass.
  if (data.file?.endsWith(data.name) && data.name.endsWith('.test.ts'))
    return { kind: 'fail', ...place, says: 'The file ran no test.' }
  return { kind: 'pass', ...place, says: null }
}

function explain(error: Error): string {
  const cause = error.cause ?? error
  return typeof cause === 'string' ? cause : inspect(cause, { depth: 6, maxStringLength: 4000, maxArrayLength: 50 })
}
