// Rust symbol names, both schemes: legacy (`_ZN…17h<hash>E`, RFC-less) and v0 (RFC 2603).

const LEGACY_ESCAPES: Readonly<Record<string, string>> = {
  $SP$: '@',
  $BP$: '*',
  $RF$: '&',
  $LT$: '<',
  $GT$: '>',
  $LP$: '(',
  $RP$: ')',
  $C$: ',',
}

/** The path of a Rust function in the legacy scheme, its hash left out; null when the symbol is not one. */
export function demangleRustLegacy(symbol: string): string | null {
  const start = symbol.startsWith('__ZN') ? 4 : symbol.startsWith('_ZN') ? 3 : symbol.startsWith('ZN') ? 2 : -1
  if (start < 0) return null
  const parts: string[] = []
  let at = start
  while (at < symbol.length && symbol[at] !== 'E' && parts.length < 64) {
    const digits = /^\d{1,4}/.exec(symbol.slice(at, at + 4))?.[0]
    if (digits === undefined) return null
    at += digits.length
    const part = symbol.slice(at, at + Number(digits))
    if (part.length !== Number(digits) || part === '') return null
    parts.push(part)
    at += part.length
  }
  const hash = parts.pop()
  if (hash === undefined || !/^h[0-9a-f]{16}$/.test(hash) || parts.length === 0) return null
  return parts.map(unescapeLegacy).join('::')
}

/** Reads the `$LT$`, `$u7b$` and `..` escapes of a legacy Rust name, also in names already split by a symbolizer. */
export function unescapeLegacy(part: string): string {
  const bare = part.startsWith('_$') ? part.slice(1) : part
  return bare
    .replace(/\$(?:SP|BP|RF|LT|GT|LP|RP|C)\$/g, (code) => LEGACY_ESCAPES[code] ?? code)
    .replace(/\$u([0-9a-f]{1,6})\$/g, (whole, hex: string) => {
      const code = Number.parseInt(hex, 16)
      return code >= 32 && code < 0xd800 ? String.fromCharCode(code) : whole
    })
    .replaceAll('..', '::')
}

interface State {
  readonly text: string
  at: number
  steps: number
  failed: boolean
}

/** The path of a Rust function in the v0 scheme (RFC 2603), without generic arguments; null when the symbol is not one. */
export function demangleRustV0(symbol: string): string | null {
  const start = symbol.startsWith('__R') ? 3 : symbol.startsWith('_R') ? 2 : -1
  if (start < 0 || symbol.length > 4096) return null
  const s: State = { text: symbol, at: start, steps: 0, failed: false }
  const path = readPath(s, 0)
  return s.failed || path === '' ? null : path
}

function readPath(s: State, depth: number): string {
  if (++s.steps > 2_000 || depth > 48) return fail(s)
  const tag = s.text[s.at++]
  if (tag === 'C') return readIdentifier(s)
  if (tag === 'N') {
    const space = s.text[s.at++] ?? ''
    const outer = readPath(s, depth + 1)
    const name = readIdentifier(s)
    const shown = /[A-Z]/.test(space) ? `{${space === 'C' ? 'closure' : space === 'S' ? 'shim' : space}}` : name
    return `${outer}::${shown}`.slice(0, 1024)
  }
  if (tag === 'M' || tag === 'X') {
    readDisambiguator(s)
    readPath(s, depth + 1)
    const self = readType(s, depth + 1)
    if (tag === 'M') return self
    return `<${self} as ${readPath(s, depth + 1)}>`.slice(0, 1024)
  }
  if (tag === 'Y') {
    const self = readType(s, depth + 1)
    return `<${self} as ${readPath(s, depth + 1)}>`.slice(0, 1024)
  }
  if (tag === 'I') {
    const path = readPath(s, depth + 1)
    while (!s.failed && s.text[s.at] !== 'E') readGeneric(s, depth + 1)
    s.at++
    return path
  }
  if (tag === 'B') return readBack(s, depth, readPath)
  return fail(s)
}

function readGeneric(s: State, depth: number): void {
  const c = s.text[s.at]
  if (c === 'L' || c === 'K') {
    s.at++
    if (c === 'L') readBase62(s)
    else if (s.text[s.at] === 'B') readBack(s, depth, readType)
    else {
      s.at++
      const end = s.text.indexOf('_', s.at)
      s.at = end < 0 ? s.text.length : end + 1
    }
    return
  }
  readType(s, depth)
}

function readType(s: State, depth: number): string {
  if (++s.steps > 2_000 || depth > 48) return fail(s)
  const c = s.text[s.at] ?? ''
  if (/[a-z]/.test(c)) {
    s.at++
    return BASIC[c] ?? '_'
  }
  if (c === 'B') {
    s.at++
    return readBack(s, depth, readType)
  }
  if (!/[ASTRQPOFD]/.test(c)) return readPath(s, depth + 1)
  s.at++
  if (c === 'A') {
    const item = readType(s, depth + 1)
    s.at++
    const end = s.text.indexOf('_', s.at)
    s.at = end < 0 ? s.text.length : end + 1
    return `[${item}]`
  }
  if (c === 'S') return `[${readType(s, depth + 1)}]`
  if (c === 'T') {
    const parts: string[] = []
    while (!s.failed && s.text[s.at] !== 'E') parts.push(readType(s, depth + 1))
    s.at++
    return `(${parts.join(', ')})`.slice(0, 1024)
  }
  // Function and trait-object types do not occur in the names of frames often enough to be worth a reader.
  if (c === 'F' || c === 'D') return fail(s)
  if (s.text[s.at] === 'L') {
    s.at++
    readBase62(s)
  }
  return `${c === 'R' ? '&' : c === 'Q' ? '&mut ' : c === 'P' ? '*const ' : '*mut '}${readType(s, depth + 1)}`
}

const BASIC: Readonly<Record<string, string>> = {
  a: 'i8',
  b: 'bool',
  c: 'char',
  d: 'f64',
  e: 'str',
  f: 'f32',
  h: 'u8',
  i: 'isize',
  j: 'usize',
  l: 'i32',
  m: 'u32',
  n: 'i128',
  o: 'u128',
  s: 'i16',
  t: 'u16',
  u: '()',
  v: '...',
  x: 'i64',
  y: 'u64',
  z: '!',
  p: '_',
}

function readBack(s: State, depth: number, read: (s: State, depth: number) => string): string {
  const target = readBase62(s)
  const here = s.at
  const base = s.text.startsWith('__R') ? 3 : 2
  if (target + base >= here) return fail(s)
  s.at = target + base
  const out = read(s, depth + 1)
  s.at = here
  return out
}

function readDisambiguator(s: State): void {
  if (s.text[s.at] !== 's') return
  s.at++
  readBase62(s)
}

function readBase62(s: State): number {
  let n = 0
  const from = s.at
  while (s.at < s.text.length && s.text[s.at] !== '_') {
    const c = s.text[s.at++]!
    const digit = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(c)
    if (digit < 0 || s.at - from > 12) {
      s.failed = true
      return 0
    }
    n = n * 62 + digit
  }
  s.at++
  return s.at - 1 === from ? 0 : n + 1
}

function readIdentifier(s: State): string {
  readDisambiguator(s)
  if (s.text[s.at] === 'u') s.at++
  const digits = /^\d{1,4}/.exec(s.text.slice(s.at, s.at + 4))?.[0]
  if (digits === undefined) return fail(s)
  s.at += digits.length
  if (s.text[s.at] === '_') s.at++
  const name = s.text.slice(s.at, s.at + Number(digits))
  s.at += Number(digits)
  return name.length === Number(digits) ? name : fail(s)
}

function fail(s: State): string {
  s.failed = true
  return ''
}
