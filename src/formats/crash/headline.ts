import { AFL } from './afl.ts'
import { ASSERTION } from './assertion.ts'
import { DETECTOR } from './detector.ts'
import { GO_PANIC } from './go-panic.ts'
import { GO_RACE } from './go-race.ts'
import { JAVA } from './java.ts'
import { JAVASCRIPT } from './javascript.ts'
import { KERNEL } from './kernel.ts'
import { LIBFUZZER } from './libfuzzer.ts'
import { LSAN } from './lsan.ts'
import { MSAN } from './msan.ts'
import { PYTHON } from './python.ts'
import type { Family, Weight } from './reading.ts'
import { RUST_PANIC } from './rust-panic.ts'
import { SANITIZER } from './sanitizer.ts'
import { SIGNAL } from './signal.ts'
import { TSAN } from './tsan.ts'
import { UBSAN } from './ubsan.ts'

const FAMILIES: readonly Family[] = [
  LSAN,
  TSAN,
  MSAN,
  SANITIZER,
  UBSAN,
  LIBFUZZER,
  KERNEL,
  GO_RACE,
  RUST_PANIC,
  GO_PANIC,
  JAVA,
  JAVASCRIPT,
  PYTHON,
  DETECTOR,
  ASSERTION,
  SIGNAL,
  AFL,
]

/** Words one of which stands in every headline: most lines of a log are passed over by this test alone. */
const QUICK =
  /Sanitizer: |V8 sandbox|CFI: |runtime error: |libFuzzer: |={9} |BUG|protection fault|DATA RACE|panicked at|panic: |fatal error: |Exception|Error|Throwable|Failure|Death|SecurityIssue|Traceback|[Aa]ssertion|ASSERT|Assert|assert|abort: |[Cc]heck failed|CHECK|NOTREACHED|FATAL|\bF\d{4} |V8 error|Fatal error|\*\*\*|double free|\(\): |corrupted |terminate called|memory allocation|signal|core dumped|,sig[:_]/

export interface Headline {
  readonly at: number
  readonly family: Family
  readonly weight: Weight
}

/** The family whose report begins at line `at`; null where none does. `next` is the line after it, empty where not known. */
export function headlineAt(line: string, next: string, at: number): Headline | null {
  if (!QUICK.test(line)) return null
  for (const family of FAMILIES) {
    const weight = family.weigh(line, next)
    if (weight !== null) return { at, family, weight }
  }
  return null
}
