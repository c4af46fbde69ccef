// Findings made up from the shapes of real ones: lengths, how often targets, files and flaws repeat, how many carry a stack.
// Measured on SARIF logs of eighteen tools, ASan traces of a fuzzed server and advisories of thirteen databases: descriptions of
// 80 to 1,500 characters (median about 400), a tenth with a stack of 5 to 12 frames, three quarters with a file and a line, about
// three reports to a flaw where several tools look at the same code.

/** Small, fast, seeded generator (mulberry32): the same seed gives the same findings on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const WORDS = (
  'heap buffer overflow write read free after use header length parser stream decoder session token path archive entry integer ' +
  'wraps check missing before copy attacker controlled value reaches function without bound null pointer name frame table index ' +
  'request response cookie template query shell command escape sequence unchecked return size offset field signature verify key ' +
  'timeout loop recursion depth memory leak race lock thread handler callback state machine reset close reuse pool cache'
).split(' ')
const CWES = [
  'CWE-787',
  'CWE-125',
  'CWE-416',
  'CWE-476',
  'CWE-190',
  'CWE-79',
  'CWE-89',
  'CWE-22',
  'CWE-78',
  'CWE-502',
  'CWE-400',
  'CWE-362',
]
const TYPES = ['npm', 'pypi', 'generic', 'cargo', 'golang', 'maven']
const REPORTS_PER_FLAW = 3

/** The n-th finding of a run: which flaw it claims, and in which words, follow from n and the seed alone. */
export function findingText(n: number, total: number, seed: number): string {
  const flaws = Math.max(1, Math.floor(total / REPORTS_PER_FLAW))
  const own = seeded(seed ^ Math.imul(n + 1, 0x9e3779b1))
  const flawNumber = Math.floor(own() * flaws)
  const flaw = seeded(seed ^ Math.imul(flawNumber + 7, 0x85ebca6b))
  const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const target = Math.floor(flaw() * Math.max(1, flaws / 40))
  const type = TYPES[target % TYPES.length]!
  const purl = type === 'maven' || type === 'golang' ? `pkg:${type}/org.example/part${target}` : `pkg:${type}/part${target}`
  const symbol = `${pick(flaw, WORDS)}_${pick(flaw, WORDS)}_${flawNumber}`
  const path = `src/${pick(flaw, WORDS)}/${pick(flaw, WORDS)}${flawNumber % 97}.c`
  const line = 1 + Math.floor(flaw() * 3000)
  const cwe = pick(flaw, CWES)
  const crash = flaw() < 0.1
  const words: string[] = []
  const length = 14 + Math.floor(own() ** 2 * 220)
  for (let i = 0; i < length; i++) words.push(own() < 0.04 ? symbol : pick(own, WORDS))
  const frames = Array.from({ length: 5 + Math.floor(flaw() * 8) }, (_, i) => ({
    symbol: i === 0 ? symbol : `${pick(flaw, WORDS)}_${pick(flaw, WORDS)}`,
    path,
    line: line + 7 * i,
  }))
  return JSON.stringify({
    key: `bench-${seed}-${n}`,
    title: `${pick(flaw, WORDS)} ${pick(flaw, WORDS)} in ${symbol}`,
    text: words.join(' '),
    target: { purl, version: `${1 + (target % 9)}.${n % 4}.0` },
    weaknesses: [cwe],
    rule: `c/${cwe.toLowerCase()}`,
    locations: own() < 0.75 ? [{ path, line, symbol, snippet: `  ${symbol}(buf, len + ${flawNumber % 61});` }] : [],
    ...(crash
      ? {
          stack: frames,
          crash: { tool: 'asan', kind: 'heap-buffer-overflow', access: 'write', size: 8, address: null, signal: null },
        }
      : {}),
    ...(own() < 0.3 ? { severity: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' } : {}),
    provenance: { tool: `scanner-${(flawNumber + Math.floor(own() * 2)) % 5}`, toolVersion: '1.4', aiAssisted: own() < 0.5 },
  })
}

/** All findings of a run as NDJSON, in pieces of some hundred kilobytes. */
export function* ndjson(total: number, seed: number): Generator<Buffer> {
  let lines: string[] = []
  for (let n = 0; n < total; n++) {
    lines.push(findingText(n, total, seed))
    if (lines.length === 200) {
      yield Buffer.from(`${lines.join('\n')}\n`)
      lines = []
    }
  }
  if (lines.length > 0) yield Buffer.from(`${lines.join('\n')}\n`)
}
