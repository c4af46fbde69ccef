// Version range specifiers (https://github.com/package-url/vers-spec): reading, mending, writing, canonical form.
import { percentEncode } from './purl/percent.ts'
import { readConstraint } from './vers/constraint.ts'
import type { Constraint, ParsedVers } from './vers/parts.ts'
import { refuseVers, VERS_CHARACTERS, VERS_CONSTRAINTS } from './vers/parts.ts'
import { isSorted, sortConstraints } from './vers/sort.ts'

const PARTS = /^vers:([a-z][a-z0-9.+-]*)\/(.*)$/s

/** Reads a VERS in canonical form; refuses anything else with a code and a sentence. Never throws, linear but for the sort's check. */
export function parseVers(text: string): ParsedVers {
  if (text.length > VERS_CHARACTERS) return refuseVers('too-long')
  if (/\s/.test(text)) return refuseVers('whitespace')
  const parts = PARTS.exec(text)
  if (!parts?.[2]) return refuseVers('no-vers')
  const [, type = '', list] = parts
  if (list.startsWith('|')) return refuseVers('leading-pipe')
  if (list.endsWith('|')) return refuseVers('trailing-pipe')
  if (list.includes('||')) return refuseVers('consecutive-pipes')
  const read = readConstraints(type, list.split('|'))
  if (!read.ok || isSorted(type, read.vers.constraints)) return read
  return refuseVers('unsorted')
}

/** Reads a VERS as `parseVers` does, and mends what can be: spaces, spare pipes, the case of prefix and encoding, the order. */
export function mendVers(text: string): ParsedVers {
  if (text.length > VERS_CHARACTERS) return refuseVers('too-long')
  const slash = text.indexOf('/')
  const prefix = text.slice(0, slash + 1).toLowerCase()
  const plain = (prefix + text.slice(slash + 1)).replace(/\s+/g, '')
  const parts = PARTS.exec(plain)
  if (!parts) return refuseVers('no-vers')
  const [, type = '', list = ''] = parts
  const pieces = list.split('|').filter((piece) => piece !== '')
  if (pieces.length === 0) return refuseVers('no-version')
  const read = readConstraints(
    type,
    pieces.map((piece) => mendEncoding(type, piece)),
  )
  if (!read.ok) return read
  return { ok: true, vers: { type, constraints: sortConstraints(type, read.vers.constraints) } }
}

function readConstraints(type: string, pieces: readonly string[]): ParsedVers {
  if (pieces.length > VERS_CONSTRAINTS) return refuseVers('too-long')
  const constraints: Constraint[] = []
  for (const piece of pieces) {
    const constraint = readConstraint(type, piece)
    if (typeof constraint === 'string') return refuseVers(constraint)
    constraints.push(constraint)
  }
  const isStar = constraints.some(({ comparator }) => comparator === '*')
  if ((isStar && constraints.length > 1) || (!isStar && (type === 'all' || type === 'none'))) return refuseVers('star')
  return { ok: true, vers: { type, constraints } }
}

function mendEncoding(type: string, piece: string): string {
  const encoded = piece.replace(/%[0-9a-fA-F]{2}/g, (hex) => {
    const character = String.fromCharCode(Number.parseInt(hex.slice(1), 16))
    return /[A-Za-z0-9._~:-]/.test(character) ? character : hex.toUpperCase()
  })
  return type === 'datetime' ? encoded.toUpperCase() : encoded
}

/** The text of a VERS, its constraints in the order given: `parseVers(formatVers(v))` gives `v` again where they are sorted. */
export function formatVers({
  type,
  constraints,
}: {
  readonly type: string
  readonly constraints: readonly Constraint[]
}): string {
  return `vers:${type}/${constraints.map(formatConstraint).join('|')}`
}

function formatConstraint({ comparator, version }: Constraint): string {
  if (comparator === '*') return '*'
  return (comparator === '=' ? '' : comparator) + percentEncode(version.toWellFormed())
}
