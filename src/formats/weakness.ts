/**
 * CWE ids named in a text, canonical (`CWE-79`), in order and once each: reads `CWE-079`, `external/cwe/cwe-079`, `CWE-79: ...`,
 * `cwe_79`, `cwe79`.
 */
export function weaknessesIn(text: string): string[] {
  const found = new Set<string>()
  for (const match of text.slice(0, 4096).matchAll(/(?<![a-z])cwe[-_ :]?0{0,6}([1-9]\d{0,4})(?!\d)/gi))
    found.add(`CWE-${match[1]}`)
  return [...found]
}

/** The CWE id a number or a text of nothing but a number or an id stands for; null where it stands for none. */
export function weaknessOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 && value < 100_000 ? `CWE-${value}` : null
  if (typeof value !== 'string') return null
  const match = /^\s{0,8}(?:cwe[-_ ]?)?0{0,6}([1-9]\d{0,4})\s{0,8}$/i.exec(value.slice(0, 64))
  return match ? `CWE-${match[1]}` : null
}
