/** A cell's number: `null` when empty, `undefined` when it is none. */
export function cellNumber(cell: string): number | null | undefined {
  const text = cell.trim()
  if (text === '' || EMPTY.has(text.toLowerCase())) return null
  const number = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}

const NUMBER = /^[+-]?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})(?:e[+-]?\d{1,3})?$/i
/** How tables of other programs write that there is nothing. */
const EMPTY = new Set(['nan', 'na', 'n/a', 'null', 'none', '-'])
const YES = new Set(['true', 'yes', 'y', 'c', 'pass', 'passed'])
const NO = new Set(['false', 'no', 'n', 'i', 'fail', 'failed'])

/** A score: a number, a word for yes or no, Inspect's `C`, `I`; `null` when empty, `undefined` when none of these. */
export function cellScore(cell: string): number | null | undefined {
  const word = cell.trim().toLowerCase()
  if (YES.has(word)) return 1
  if (NO.has(word)) return 0
  return cellNumber(cell)
}
