import {
  enter,
  fail,
  isDigit,
  MAX_TEXT,
  peek,
  readDiscriminator,
  readNumber,
  readSequence,
  readSourceName,
  remember,
  type State,
} from './itanium-cursor.ts'
import { BUILTIN, BUILTIN_D, OPERATORS, STANDARD } from './itanium-tables.ts'

// Itanium C++ ABI names to readable ones, as far as naming a function needs it: parameters are left out, lambdas and
// expressions are approximated. Hostile input: work and length are bounded, and a name that does not parse gives null.

/** The qualified name of a function mangled by the Itanium C++ ABI, without parameters; null when it is not one. */
export function demangleItanium(symbol: string): string | null {
  const start = symbol.startsWith('__Z') ? 3 : symbol.startsWith('_Z') ? 2 : -1
  if (start < 0 || symbol.length > MAX_TEXT * 4) return null
  const s: State = { text: symbol, at: start, steps: 0, depth: 0, failed: false, subs: [], args: [] }
  const name = special(s) ?? readName(s)
  return s.failed || name === '' ? null : name
}

/** Thunks and guards: names of things made for another name. The name meant is what matters. */
function special(s: State): string | null {
  const two = s.text.slice(s.at, s.at + 2)
  if (two === 'Th' || two === 'Tv') {
    const end = s.text.indexOf('_', s.at)
    s.at = end < 0 ? s.text.length : end + 1
    if (two === 'Tv') {
      const second = s.text.indexOf('_', s.at)
      s.at = second < 0 ? s.text.length : second + 1
    }
    return readName(s)
  }
  if (two === 'GV' || two === 'GR' || two === 'TW' || two === 'TH') {
    s.at += 2
    return readName(s)
  }
  if (two === 'TV' || two === 'TT' || two === 'TI' || two === 'TS') {
    s.at += 2
    return readType(s)
  }
  return null
}

function readName(s: State): string {
  if (!enter(s)) return ''
  s.depth++
  const name = readNameInner(s)
  s.depth--
  return name.slice(0, MAX_TEXT)
}

function readNameInner(s: State): string {
  const c = peek(s)
  if (c === 'N') return readNested(s)
  if (c === 'Z') return readLocal(s)
  if (c === 'S' && s.text[s.at + 1] !== 't') {
    const name = readSubstitution(s)
    return peek(s) === 'I' ? name + readArguments(s) : name
  }
  let name = ''
  if (c === 'S') {
    s.at += 2
    name = 'std::'
  }
  name += readUnqualified(s, '')
  if (peek(s) !== 'I' || s.failed) return name
  remember(s, name)
  return name + readArguments(s)
}

function readNested(s: State): string {
  s.at++
  while (/[rVK]/.test(peek(s) || '-')) s.at++
  if (/[RO]/.test(peek(s) || '-')) s.at++
  let out = ''
  let last = ''
  while (!s.failed && peek(s) !== 'E') {
    if (!enter(s)) return ''
    const c = peek(s)
    if (c === 'S' && s.text[s.at + 1] === 't') {
      s.at += 2
      out = 'std'
      last = 'std'
      continue
    }
    if (c === 'S') {
      out = readSubstitution(s)
      last = out.slice(out.lastIndexOf('::') + (out.includes('::') ? 2 : 0))
      continue
    }
    if (c === 'I') out += readArguments(s)
    else if (c === 'T') out = readTemplateParameter(s)
    else if (c === 'M') s.at++
    else {
      const part = c === 'D' && /[tT]/.test(s.text[s.at + 1] ?? '') ? readType(s) : readUnqualified(s, last)
      if (isDigit(c) || c === 'L') last = part
      out = out === '' ? part : `${out}::${part}`
    }
    out = out.slice(0, MAX_TEXT)
    if (peek(s) !== 'E') remember(s, out)
    if (s.at >= s.text.length) return fail(s)
  }
  s.at++
  return out
}

function readLocal(s: State): string {
  s.at++
  const outer = special(s) ?? readName(s)
  while (!s.failed && peek(s) !== 'E') readType(s)
  s.at++
  if (peek(s) === 's') {
    s.at++
    readDiscriminator(s)
    return outer
  }
  if (peek(s) === 'd') {
    s.at++
    readNumber(s)
    if (peek(s) === '_') s.at++
  }
  const inner = readName(s)
  readDiscriminator(s)
  return `${outer}::${inner}`
}

function readUnqualified(s: State, enclosing: string): string {
  if (!enter(s)) return ''
  let c = peek(s)
  if (c === 'L') {
    s.at++
    c = peek(s)
  }
  let name = ''
  if (isDigit(c)) name = readSourceName(s)
  else if (c === 'C' || (c === 'D' && /[0-5]/.test(s.text[s.at + 1] ?? ''))) name = readStructor(s, c, enclosing)
  else if (c === 'U' && s.text[s.at + 1] === 'l') name = readLambda(s)
  else if (c === 'U' && s.text[s.at + 1] === 't') {
    s.at += 2
    readNumber(s)
    s.at++
    name = '{unnamed}'
  } else if (c === 'D' && s.text[s.at + 1] === 'C') {
    s.at += 2
    while (!s.failed && peek(s) !== 'E') readSourceName(s)
    s.at++
    name = '{binding}'
  } else name = readOperator(s)
  while (peek(s) === 'B' && !s.failed) {
    s.at++
    readSourceName(s)
  }
  return name
}

function readStructor(s: State, c: string, enclosing: string): string {
  const inherited = c === 'C' && s.text[s.at + 1] === 'I'
  s.at += inherited ? 3 : 2
  if (inherited) readType(s)
  return (c === 'D' ? '~' : '') + enclosing
}

function readLambda(s: State): string {
  s.at += 2
  while (!s.failed && peek(s) !== 'E') readType(s)
  s.at++
  readNumber(s)
  if (peek(s) === '_') s.at++
  return '{lambda}'
}

function readOperator(s: State): string {
  const code = s.text.slice(s.at, s.at + 2)
  s.at += 2
  if (code === 'cv') return `operator ${readType(s)}`
  if (code === 'li') return `operator""${readSourceName(s)}`
  const operator = OPERATORS[code]
  return operator ? `operator${operator[0]}` : fail(s)
}

function readSubstitution(s: State): string {
  s.at++
  const standard = STANDARD[peek(s)]
  if (standard !== undefined) {
    s.at++
    return standard
  }
  return s.subs[readSequence(s)] ?? fail(s)
}

function readTemplateParameter(s: State): string {
  s.at++
  if (/[sue]/.test(peek(s) || '-')) {
    s.at++
    return readName(s)
  }
  // Arguments of the enclosing function may come later than their use (conversion operators): then the place is named.
  const n = readSequence(s)
  return s.args[n] ?? `T${n}`
}

function readArguments(s: State): string {
  if (!enter(s)) return ''
  s.at++
  s.depth++
  const args: string[] = []
  while (!s.failed && peek(s) !== 'E') {
    if (s.at >= s.text.length) return fail(s)
    args.push(readArgument(s))
  }
  s.at++
  s.depth--
  if (s.depth <= 2) s.args = args
  return `<${args.join(', ')}>`.slice(0, MAX_TEXT)
}

function readArgument(s: State): string {
  if (!enter(s)) return ''
  const c = peek(s)
  if (c === 'L') return readLiteral(s)
  if (c === 'J') return readArguments(s).slice(1, -1)
  if (c !== 'X') return readType(s)
  s.at++
  readExpression(s)
  if (peek(s) !== 'E') return fail(s)
  s.at++
  return 'expr'
}

function readLiteral(s: State): string {
  s.at++
  if (s.text.startsWith('_Z', s.at)) {
    s.at += 2
    const name = readName(s)
    while (!s.failed && peek(s) !== 'E') readType(s)
    s.at++
    return name
  }
  const type = readType(s)
  const end = s.text.indexOf('E', s.at)
  if (end < 0) return fail(s)
  const value = s.text.slice(s.at, end).replace('n', '-')
  s.at = end + 1
  if (type === 'bool') return value === '0' ? 'false' : 'true'
  return value === '' ? type : value
}

/** Reads past an expression; its text is not needed to name a function. */
function readExpression(s: State): void {
  if (!enter(s)) return
  s.depth++
  const c = peek(s)
  const two = s.text.slice(s.at, s.at + 2)
  if (c === 'L') readLiteral(s)
  else if (c === 'T') readTemplateParameter(s)
  else if (isDigit(c)) readUnqualifiedWithArguments(s)
  else {
    s.at += 2
    if (two === 'fp' || two === 'fL') {
      while (!s.failed && peek(s) !== '_' && s.at < s.text.length) s.at++
      s.at++
    } else if (two === 'cl' || two === 'il') readUntilEnd(s)
    else if (two === 'tl') {
      readType(s)
      readUntilEnd(s)
    } else if (two === 'cv') {
      readType(s)
      readExpression(s)
    } else if (two === 'st' || two === 'at' || two === 'ti') readType(s)
    else if (two === 'sr') {
      readType(s)
      readUnqualifiedWithArguments(s)
    } else if (/^(?:sz|az|nx|sZ|sp|te|on|gs)$/.test(two)) readExpression(s)
    else if (two === 'dt') {
      readExpression(s)
      readUnqualifiedWithArguments(s)
    } else {
      const operator = OPERATORS[two]
      if (!operator) fail(s)
      else for (let i = 0; i < operator[1] && !s.failed; i++) readExpression(s)
    }
  }
  s.depth--
}

function readUntilEnd(s: State): void {
  while (!s.failed && peek(s) !== 'E') readExpression(s)
  s.at++
}

function readUnqualifiedWithArguments(s: State): void {
  readUnqualified(s, '')
  if (peek(s) === 'I') readArguments(s)
}

function readType(s: State): string {
  if (!enter(s)) return ''
  s.depth++
  const type = readTypeInner(s).slice(0, MAX_TEXT)
  s.depth--
  return type
}

function readTypeInner(s: State): string {
  const c = peek(s)
  const builtin = BUILTIN[c]
  if (builtin !== undefined) {
    s.at++
    return builtin
  }
  let type: string
  if (c === 'S' && s.text[s.at + 1] !== 't') {
    type = readSubstitution(s)
    if (peek(s) !== 'I') return type
    type += readArguments(s)
  } else if (c === 'D' && !/[tTpvFoO]/.test(s.text[s.at + 1] ?? '')) {
    const named = BUILTIN_D[s.text[s.at + 1] ?? '']
    s.at += 2
    return named ?? fail(s)
  } else type = readCompound(s, c)
  remember(s, type)
  return type
}

function readCompound(s: State, c: string): string {
  if (/[0-9NZS]/.test(c)) return readName(s)
  s.at++
  if (c === 'P') return `${readType(s)}*`
  if (c === 'R') return `${readType(s)}&`
  if (c === 'O') return `${readType(s)}&&`
  if (c === 'K') return `${readType(s)} const`
  if (c === 'V' || c === 'r' || c === 'C' || c === 'G') return readType(s)
  if (c === 'U' || c === 'u') {
    const name = readSourceName(s)
    if (peek(s) === 'I') readArguments(s)
    return c === 'u' ? name : readType(s)
  }
  if (c === 'F') return readFunctionType(s)
  if (c === 'A') return readArray(s)
  if (c === 'M') {
    const owner = readType(s)
    return `${readType(s)} ${owner}::*`
  }
  if (c === 'T') {
    s.at--
    const parameter = readTemplateParameter(s)
    if (peek(s) !== 'I') return parameter
    remember(s, parameter)
    return parameter + readArguments(s)
  }
  return c === 'D' ? readExtended(s) : fail(s)
}

function readFunctionType(s: State): string {
  if (peek(s) === 'Y') s.at++
  const parts: string[] = []
  while (!s.failed && peek(s) !== 'E') {
    if (/[RO]/.test(peek(s)) && s.text[s.at + 1] === 'E') s.at++
    else parts.push(readType(s))
  }
  s.at++
  return `${parts[0] ?? ''} (${parts.slice(1).join(', ')})`
}

function readArray(s: State): string {
  if (isDigit(peek(s))) readNumber(s)
  else if (peek(s) !== '_') readExpression(s)
  if (peek(s) !== '_') return fail(s)
  s.at++
  return `${readType(s)}[]`
}

function readExtended(s: State): string {
  const c = peek(s)
  s.at++
  if (c === 'p') return readType(s)
  if (c === 'o') return readType(s)
  if (c === 't' || c === 'T') {
    readExpression(s)
    if (peek(s) !== 'E') return fail(s)
    s.at++
    return 'decltype'
  }
  if (c === 'v' || c === 'F') {
    readNumber(s)
    if (peek(s) !== '_' && peek(s) !== 'x') return fail(s)
    s.at++
    return c === 'v' ? readType(s) : 'float'
  }
  return fail(s)
}
