import type { Brand } from './brand.ts'

/** What each public id starts with. The body is random: an id tells neither when a thing came nor how many there are. */
export const PREFIX = {
  organisation: 'org',
  person: 'per',
  token: 'tok',
  session: 'ses',
  invite: 'inv',
  report: 'rpt',
  receipt: 'rcp',
  finding: 'fnd',
  flaw: 'flw',
  suggestion: 'sgn',
  judgement: 'jdg',
  thread: 'thr',
  message: 'msg',
  target: 'tgt',
  evidence: 'evd',
  validation: 'val',
  lease: 'lse',
  runner: 'run',
  docket: 'dkt',
  agreement: 'agr',
  document: 'doc',
  'run-set': 'rns',
  partner: 'ptr',
  grant: 'grt',
  case: 'cas',
  participant: 'ptp',
  letter: 'ltr',
  advisory: 'adv',
  claim: 'clm',
  'opt-out': 'opt',
  route: 'rte',
  webhook: 'whk',
  certificate: 'crt',
  'scan-request': 'srq',
  contact: 'ctc',
  project: 'prj',
  proof: 'prf',
  notice: 'ntc',
  delivery: 'dlv',
  duty: 'dty',
  inventory: 'ivt',
  obligation: 'obl',
  'own-vex': 'vex',
  action: 'act',
  'edge-device': 'edg',
} as const

export type Noun = keyof typeof PREFIX
export type Id<N extends Noun> = Brand<string, N>

// Crockford's base 32 in lower case: no i, l, o, u, so that an id survives being read aloud.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const BODY = 24
const PATTERN = /^([a-z]{3})_([0-9a-hjkmnp-tv-z]{24})$/

/** Random bytes on demand: `length` fresh bytes. Passed in, never reached for. */
export type Random = (length: number) => Uint8Array

/** Bytes in Crockford's base 32, lower case: five bits a character; bits that fill none are left out. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(held >>> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return text
}

/** A fresh id of 120 random bits, for example `flw_` and 24 characters. */
export function newId<N extends Noun>(noun: N, random: Random): Id<N> {
  return `${PREFIX[noun]}_${base32(random(15)).slice(0, BODY)}` as Id<N>
}

/** `text` as an id of that noun, or null when it is not shaped like one. Upper case is folded. */
export function parseId<N extends Noun>(noun: N, text: string): Id<N> | null {
  const folded = text.toLowerCase()
  const m = PATTERN.exec(folded)
  return m && m[1] === PREFIX[noun] ? (folded as Id<N>) : null
}
