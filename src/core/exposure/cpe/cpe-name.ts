// CPE 2.3 names: the formatted string of NISTIR 7695 §6.2, and the older URI form of §6.1, which tools still write.

/** One attribute: any value, not applicable, or a text with wildcards at its ends (`*`: any run; a number: at most so many characters). */
export type CpeValue =
  | { readonly is: 'any' }
  | { readonly is: 'na' }
  | { readonly is: 'text'; readonly text: string; readonly lead: number; readonly trail: number }

export const ATTRIBUTES = [
  'part',
  'vendor',
  'product',
  'version',
  'update',
  'edition',
  'language',
  'swEdition',
  'targetSw',
  'targetHw',
  'other',
] as const

export type CpeAttribute = (typeof ATTRIBUTES)[number]
export type CpeName = Readonly<Record<CpeAttribute, CpeValue>>

export const ANY: CpeValue = { is: 'any' }
const NA: CpeValue = { is: 'na' }
/** Longer names are none. */
const LONGEST = 2000

/** Reads a CPE 2.3 formatted string or a 2.2 URI; null where it is neither. Case counts for nothing. Never throws, linear. */
export function parseCpe(text: string): CpeName | null {
  if (text.length > LONGEST) return null
  const plain = text.toLowerCase()
  if (plain.startsWith('cpe:2.3:')) return ofParts(splitEscaped(plain.slice(8)).map(ofFormatted), 11)
  if (plain.startsWith('cpe:/')) return ofParts(plain.slice(5).split(':').flatMap(ofUriPart), 0)
  return null
}

function ofParts(values: readonly (CpeValue | null)[], exactly: number): CpeName | null {
  if (exactly > 0 ? values.length !== exactly : values.length < 3 || values.length > 11) return null
  if (values.includes(null)) return null
  const [part] = values
  if (part?.is === 'text' && !['a', 'o', 'h'].includes(part.text)) return null
  return Object.fromEntries(ATTRIBUTES.map((name, n) => [name, values[n] ?? ANY])) as Record<CpeAttribute, CpeValue>
}

function splitEscaped(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === ':') {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

const WILD = -1

function ofFormatted(part: string): CpeValue | null {
  if (part === '*') return ANY
  if (part === '-') return NA
  if (part === '') return null
  let from = 0
  let to = part.length
  let lead = 0
  let trail = 0
  if (part[0] === '*') {
    lead = WILD
    from = 1
  } else for (; part[from] === '?'; from++) lead++
  if (part[to - 1] === '*' && !isEscaped(part, to - 1)) {
    trail = WILD
    to--
  } else for (; to > from && part[to - 1] === '?' && !isEscaped(part, to - 1); to--) trail++
  const text = unescaped(part.slice(from, Math.max(from, to)))
  return text === null ? null : { is: 'text', text, lead, trail }
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  for (let i = at - 1; i >= 0 && text[i] === '\\'; i--) slashes++
  return slashes % 2 === 1
}

/** Null where a wildcard stands in the middle, which the standard forbids, or the text breaks off after a backslash. */
function unescaped(text: string): string | null {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '*' || c === '?') return null
    if (c !== '\\') out += c
    else if (++i < text.length) out += text[i]
    else return null
  }
  return out
}

function ofUriPart(part: string, at: number): (CpeValue | null)[] {
  // The edition may be packed with the four attributes that 2.2 had no place for.
  if (at === 5 && part.startsWith('~')) {
    const [, edition = '', ...packed] = part.split('~')
    return [edition, '', ...packed].slice(0, 6).map(ofUriText)
  }
  return [ofUriText(part)]
}

function ofUriText(part: string): CpeValue | null {
  if (part === '') return ANY
  if (part === '-') return NA
  try {
    const text = decodeURIComponent(part)
    return { is: 'text', text, lead: 0, trail: 0 }
  } catch {
    return null
  }
}
