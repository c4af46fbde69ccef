import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

/** What the runner needs of one finished test, or a piece of what a test process printed. */
export interface Told {
  readonly kind: 'pass' | 'fail' | 'skip' | 'printed'
  readonly name: string
  readonly file: string | null
  readonly line: number | null
  readonly says: string | null
}

/** Reporter for node:test: a line of JSON per test, written as it ends, so that a crash loses nothing that was counted. */
export default async function* told(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    const line = tell(event)
    if (line !== null) yield `${JSON.stringify(line)}\n`
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
  if (data.details.type === 'suite') return null
  if (data.skip !== undefined) return { kind: 'skip', ...place, says: typeof data.skip === 'string' ? data.skip : null }
  // A process a file: a file without a test passes under its own name, and that is no pass.
  if (data.name === data.file) return { kind: 'fail', ...place, says: 'The file ran no test.' }
  return { kind: 'pass', ...place, says: null }
}

function explain(error: Error): string {
  const cause = error.cause ?? error
  return typeof cause === 'string' ? cause : inspect(cause, { depth: 6, maxStringLength: 4000, maxArrayLength: 50 })
}
