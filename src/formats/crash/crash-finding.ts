import type { CrashTool, Finding, Location } from '../../core/findings/finding.ts'
import { projectStack } from '../../core/findings/frames/project-frames.ts'
import { BLANK, NOWHERE, UNSTATED } from '../blank-finding.ts'
import type { CrashReading } from './crash-text.ts'
import { dedupToken } from './libfuzzer.ts'
import { linesOf } from './log-line.ts'

const MOST_LOCATIONS = 16

const TOOL_NAMES: Readonly<Record<CrashTool, string | null>> = {
  asan: 'AddressSanitizer',
  ubsan: 'UndefinedBehaviorSanitizer',
  msan: 'MemorySanitizer',
  lsan: 'LeakSanitizer',
  tsan: 'ThreadSanitizer',
  libfuzzer: 'libFuzzer',
  afl: 'AFL++',
  java: 'Java',
  jazzer: 'Jazzer',
  'go-race': 'Go race detector',
  'go-panic': 'Go',
  python: 'Python',
  other: null,
}

/** A finding of what a log says about one crash. The target is not in a log and stays null. */
export function findingOfCrash(reading: CrashReading): Finding {
  const token = dedupToken(linesOf(reading.excerpt, 4_000))
  return {
    ...BLANK,
    title: reading.title,
    text: reading.excerpt,
    locations: locationsOf(reading),
    weaknesses: reading.weaknesses,
    stack: reading.stack,
    crash: reading.crash,
    evidence: [{ kind: 'crash-log', name: 'crash.log', mediaType: 'text/plain', content: reading.excerpt, encoding: 'utf8' }],
    provenance: { ...UNSTATED, tool: TOOL_NAMES[reading.crash.tool] },
    toolFingerprints: token === null ? {} : { 'dedupToken/1': token },
  }
}

function locationsOf(reading: CrashReading): Location[] {
  return projectStack(reading.stack)
    .slice(0, MOST_LOCATIONS)
    .map((frame) => ({ ...NOWHERE, path: frame.path, line: frame.line, column: frame.column, symbol: frame.symbol }))
}
