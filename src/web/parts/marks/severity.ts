import type { SeverityOut } from '../../../contract/shapes/flaw.ts'

/** A severity as number and word: `9.8 critical`; the word alone or the value where there is no number. */
export function severityWords({ score, word, value }: SeverityOut): string {
  const number = score === null ? null : score.toFixed(1)
  const text = word === null ? null : word.toLowerCase()
  if (number && text) return `${number} ${text}`
  return number ?? text ?? value
}
