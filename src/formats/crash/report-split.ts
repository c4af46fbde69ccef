import { type Headline, headlineAt } from './headline.ts'
import { cleanLine } from './log-line.ts'

const CLOSED = /^\s*(?:SUMMARY: |==\d{1,9}==ABORTING|ThreadSanitizer: reported|exit status \d|={18}$)/
const CAUSED = /^\s*(?:Caused by|Suppressed): /
const CHAINED = /During handling of the above exception|The above exception was the direct cause/

/**
 * Tells, line by line, where a new crash begins in a log that holds many. What weakens or repeats the crash before it (a signal
 * after a panic, a chained exception, a second stack) belongs to that crash until it is closed by its summary.
 */
export class ReportSplit {
  private open: Headline | null = null
  private hasSignal = false
  private closed = false
  private sinceChain = 99
  private at = 0

  /** Whether the line, given the one after it, begins a new crash. */
  begins(raw: string, next: string): boolean {
    const line = cleanLine(raw)
    this.at++
    this.sinceChain = CHAINED.test(line) ? 0 : this.sinceChain + 1
    const head = CAUSED.test(line) ? null : headlineAt(line, next === '' ? '' : cleanLine(next), this.at)
    if (head === null) {
      if (this.open !== null && CLOSED.test(line)) this.closed = true
      return false
    }
    const joins = this.open !== null && this.joins(head)
    if (joins) {
      if (head.weight !== 'claim') this.open = head.weight === 'finding' ? head : this.open
      this.hasSignal ||= head.weight === 'signal'
      return false
    }
    this.open = head
    this.hasSignal = head.weight === 'signal'
    this.closed = false
    return true
  }

  private joins(head: Headline): boolean {
    const open = this.open!
    if (this.sinceChain <= 4 && head.family === open.family) return true
    if (this.closed)
      return head.weight === 'signal' && open.weight !== 'signal' && !this.hasSignal && head.family !== open.family
    if (head.weight === 'signal') return !this.hasSignal || head.family !== open.family
    // A check that failed, then the sanitizer's word on the same stop.
    if (open.weight === 'claim')
      return head.weight === 'claim'
        ? this.hasSignal === false && head.family === open.family && isAssertionRun(head, open)
        : false
    return open.weight === 'signal' && head.weight === 'finding' && head.at - open.at <= 3
  }
}

/** V8 and Chromium print one failed check on several lines that each look like one. */
function isAssertionRun(head: Headline, open: Headline): boolean {
  return head.at - open.at <= 2
}
