const SANITIZER = /^(?:ERROR: |SUMMARY: )?(?:HW)?(?:Address|Memory|Leak|Thread|UndefinedBehavior)Sanitizer: /
const LONG = 90

/**
 * A scanner's title made to fit a line: tool, build id and address go, the file stands behind the function, the rule stands apart
 * from its sentence. What a person wrote stays as it is. The whole title belongs in the hover text and in the full report.
 */
export function shortTitle(title: string): string {
  const given = title.slice(0, 600)
  if (SANITIZER.test(given)) return crash(given.replace(SANITIZER, ''))
  const rule = /^([a-z_]{2,20}\/[A-Za-z_]{2,30}):(?=\S)/.exec(given)
  const text = rule ? `${rule[1]}: ${given.slice(rule[0].length)}` : given
  const bare = text.replace(/ \((?:CWE-\d{1,5}!?[/, ]{0,2}){1,6}\)\.?$/, '')
  const end = bare.length > LONG ? bare.indexOf('. ', 20) : -1
  return end < 0 ? bare : bare.slice(0, end)
}

function crash(text: string): string {
  const plain = text.replace(/ \(BuildId: [0-9a-f]{4,64}\)/, '').replace(/ \(\/[^ ()]{1,300}\+0x[0-9a-f]{1,16}\)/, '')
  const named = plain.lastIndexOf(' in ')
  if (named < 0) return plain
  const head = plain.slice(0, named)
  const symbol = shortSymbol(plain.slice(named + 4))
  const at = head.indexOf(' /')
  if (at < 0) return `${head} in ${symbol}`
  const [file, line] = head.slice(head.lastIndexOf('/') + 1).split(':')
  return `${head.slice(0, at)} in ${symbol}, ${file}${line ? `:${line}` : ''}`
}

/** A function's name without its parameters. */
export function shortSymbol(symbol: string): string {
  const open = symbol.indexOf('(', 1)
  return open > 0 && symbol.endsWith(')') ? symbol.slice(0, open) : symbol
}

const HARNESS = /^(?:LLVMFuzzerTestOneInput|fuzzer::|main$|_start$|__libc_start|__asan_|__interceptor_)/

/** The uppermost functions that say where it is: without parameters, and without the fuzzer and the loader below them. */
export function tellingFrames(symbols: readonly string[], most: number): string[] {
  const own = symbols.filter((symbol) => !HARNESS.test(symbol))
  return (own.length > 0 ? own : symbols).slice(0, most).map(shortSymbol)
}
