// What differs from run to run of the same program on the same input is taken out of its words, so that the rest can be compared:
// addresses, process numbers, instants, durations, names of temporary files, the fuzzer's own figures. Hostile input: every
// pattern is bounded and looks at one line, lines are cut, so the work is linear in the text.

const LINE = 4_000
const MOST_LINES = 50_000

/** Lines that a fuzzing engine says of itself. */
const DROPPED =
  /^(?:INFO: |#\d{1,12}\s|Executed |Running: |\s*NEW_(?:FUNC|PC)|MS: |Seed: |artifact_prefix=|stat::|\*{3} ?NOTE|={5,}$)|: Running \d{1,9} inputs|^.{0,200}: \d{1,9} inputs? \(/

type Rule = readonly [RegExp, string]

const INSTANTS: readonly Rule[] = [
  [/\b\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?/g, 'INSTANT'],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d{1,2}[ -])?[A-Z][a-z]{2}[ -]\d{1,4} \d{2}:\d{2}:\d{2}(?: (?:[A-Z]{3,4}|\d{4}))?/g,
    'INSTANT',
  ],
  [/\b\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}/g, 'INSTANT'],
  [/\b\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\b/g, 'TIME'],
]

const ANSWER: readonly Rule[] = [
  ...INSTANTS,
  [/\b0x[0-9a-f]{6,16}\b/gi, '0xN'],
  [/\/tmp\/[A-Za-z0-9._-]{1,100}/g, '/tmp/NAME'],
  [/^(date|expires|age): .*/i, '$1'],
]

const LOG: readonly Rule[] = [
  ...INSTANTS,
  [/ ?\(BuildId: [0-9a-f]{1,64}\)/gi, ''],
  [/\b0x[0-9a-f]{1,16}\b/gi, '0xN'],
  [/==\d{1,10}==/g, '==PID=='],
  [/\b(pid|tid|process|thread)([ =:#]{1,2})\d{1,10}\b/gi, '$1$2N'],
  [/\b\d{1,10}#\d{1,10}:/g, 'PID#TID:'],
  [/([A-Za-z_-])\[\d{1,10}\]:/g, '$1[PID]:'],
  [/\b\d{1,12}(?:\.\d{1,9})? ?(?:ns|us|µs|ms|s|sec|secs|seconds?)\b/g, 'DURATION'],
  [/\b1[5-9]\d{8}(?:\d{3})?(?:\.\d{1,9})?\b/g, 'INSTANT'],
  [/\/tmp\/[A-Za-z0-9._-]{1,100}/g, '/tmp/NAME'],
  [/\b(rss|exec\/s|peak|used)([:= ]{1,2})\d{1,12}/gi, '$1$2N'],
]

/** A log with everything that differs from run to run taken out; equal runs have equal normal logs. */
export function normalLog(text: string): string {
  return eachLine(text, (line) => (line === '' || DROPPED.test(line) ? null : by(LOG, line)))
}

/** An answer without what differs from run to run; far less is taken out, as answers are compared for what they say. */
export function normalAnswer(text: string): string {
  return eachLine(text, (line) => by(ANSWER, line))
}

function eachLine(text: string, change: (line: string) => string | null): string {
  const out: string[] = []
  let from = 0
  for (let n = 0; n < MOST_LINES && from <= text.length; n++) {
    const end = text.indexOf('\n', from)
    const line = change(text.slice(from, Math.min(end < 0 ? text.length : end, from + LINE)).trimEnd())
    if (line !== null) out.push(line)
    if (end < 0) break
    from = end + 1
  }
  return out.join('\n')
}

function by(rules: readonly Rule[], line: string): string {
  let out = line
  for (const [pattern, word] of rules) out = out.replace(pattern, word)
  return out
}
