import { readStack } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

const GDB = /(?:Program received signal|Program terminated with signal) (SIG[A-Z]{3,6})\b/
const CHROME = /^Received signal (\d{1,3}) ([A-Z]{3,5})(?:_[A-Z]{2,8})? ([0-9a-f]{4,16})/
const ANDROID = /(?:^|\s)(?:Fatal )?signal (\d{1,2}) \((SIG[A-Z]{3,6})\).{0,80}?(?:fault addr (?:0x)?([0-9a-f]{4,16}))?$/
const SHELL =
  /^(?:.{0,200}: )?(?:line \d{1,9}: +\d{1,9} )?(Segmentation fault|Bus error|Illegal instruction|Floating point exception|Aborted)\b.{0,20}\(core dumped\)/
const SHELL_SIGNAL: Readonly<Record<string, string>> = {
  'Segmentation fault': 'SIGSEGV',
  'Bus error': 'SIGBUS',
  'Illegal instruction': 'SIGILL',
  'Floating point exception': 'SIGFPE',
  Aborted: 'SIGABRT',
}

/** Signals without a sanitizer: gdb, Chromium's handler, Android's debuggerd, a shell. */
export const SIGNAL: Family = {
  weigh: (line) => (signalOf(line) === null ? null : 'signal'),
  read(lines, at, until) {
    const found = signalOf(lines[at]!)
    if (!found) return null
    const kind = found.name === 'SIGSEGV' ? 'SEGV' : found.name === 'SIGBUS' ? 'BUS' : found.name
    return {
      crash: crashOf('other', kind, { signal: found.name, address: found.address }),
      stack: readStack(lines, at + 1, until).frames,
      otherStacks: [],
      message: null,
    }
  },
}

function signalOf(line: string): { name: string; address: string | null } | null {
  if (!/signal|core dumped/.test(line)) return null
  const gdb = GDB.exec(line)
  if (gdb) return { name: gdb[1]!, address: null }
  const chrome = CHROME.exec(line)
  if (chrome) return { name: `SIG${chrome[2]}`, address: `0x${chrome[3]}` }
  const android = ANDROID.exec(line)
  if (android) return { name: android[2]!, address: android[3] ? `0x${android[3]}` : null }
  const shell = SHELL.exec(line)
  return shell ? { name: SHELL_SIGNAL[shell[1]!]!, address: null } : null
}
