import { readStack } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

// AFL++ keeps an input per crash and names the signal in its file name (`id:000000,sig:11,src:…`); its reports and triage
// scripts repeat that name before the sanitizer's log.

const INPUT = /\bid[:_]\d{6,8},sig[:_](\d{2})(?:,[\w:+.,-]{0,300})?/
const SIGNALS: Readonly<Record<string, string>> = {
  '04': 'SIGILL',
  '05': 'SIGTRAP',
  '06': 'SIGABRT',
  '07': 'SIGBUS',
  '08': 'SIGFPE',
  '11': 'SIGSEGV',
}

/** AFL++'s name of a crashing input, where nothing better follows in the same log. */
export const AFL: Family = {
  weigh: (line) => (INPUT.test(line) ? 'signal' : null),
  read(lines, at, until) {
    const number = INPUT.exec(lines[at]!)?.[1]
    if (number === undefined) return null
    const signal = SIGNALS[number] ?? `signal ${Number(number)}`
    const kind = signal === 'SIGSEGV' ? 'SEGV' : signal === 'SIGBUS' ? 'BUS' : signal
    return {
      crash: crashOf('afl', kind, { signal }),
      stack: readStack(lines, at + 1, until).frames,
      otherStacks: [],
      message: null,
    }
  },
}
