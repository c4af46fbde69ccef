import { demangleItanium } from './itanium.ts'
import { demangleRustLegacy, demangleRustV0, unescapeLegacy } from './rust-mangling.ts'

const MAX = 4_096

/**
 * The name of a function that stays the same between builds: demangled, without arguments, template arguments, anonymous
 * namespaces, module prefix, clone suffixes, closure and lambda numbers. Empty where nothing is left. Never throws.
 */
export function normaliseSymbol(symbol: string): string {
  let name = demangle(plainSymbol(symbol))
  name = name.replaceAll('(anonymous namespace)::', '').replaceAll("`anonymous namespace'::", '')
  name = name.replaceAll('(anonymous class)::', '').replaceAll('{anonymous}::', '')
  name = withoutModule(name)
  name = withoutReturnType(withoutArguments(name))
  return withoutGenerated(name).trim()
}

/** A printed symbol without thunk notes, offsets and clone suffixes, still with arguments and templates. */
export function plainSymbol(symbol: string): string {
  let name = symbol.slice(0, MAX).trim()
  name = name.replace(/^(?:non-virtual thunk to |virtual thunk to |covariant return thunk to |\[inlined\] )/, '')
  name = name.replace(/\+0x[0-9a-f]{1,16}(?:\/0x[0-9a-f]{1,16})?$/i, '')
  return withoutCloneSuffix(name)
}

/** The readable form of a mangled C++ or Rust name; other names come back as they are. */
export function demangle(symbol: string): string {
  if (symbol.startsWith('_R') || symbol.startsWith('__R')) return demangleRustV0(symbol) ?? symbol
  if (/^_{0,2}ZN?/.test(symbol)) return demangleRustLegacy(symbol) ?? demangleItanium(symbol) ?? symbol
  if (!/::h[0-9a-f]{16}$/.test(symbol) && !symbol.includes('$LT$')) return symbol
  return symbol
    .replace(/::h[0-9a-f]{16}$/, '')
    .split('::')
    .slice(0, 64)
    .map(unescapeLegacy)
    .join('::')
}

const CLONE =
  /(?:\.(?:isra|part|constprop|cold|lto_priv|llvm|localalias|clone|resume|destroy|cleanup|__uniq)(?:\.\d{1,40})?| \[clone [^\]]{0,80}\])$/

function withoutCloneSuffix(symbol: string): string {
  let name = symbol
  for (let i = 0; i < 6; i++) {
    const tail = name.slice(-128)
    const cut = CLONE.exec(tail)
    if (!cut) return name
    name = name.slice(0, name.length - cut[0].length)
  }
  return name
}

function withoutModule(name: string): string {
  const mark = name.lastIndexOf('!')
  if (mark <= 0 || name.startsWith('operator', mark - 8)) return name
  return name.slice(mark + 1)
}

/** Cuts parameters, template arguments and array marks, keeping operator names and Rust's `<A as B>::f`. */
export function withoutArguments(name: string): string {
  let out = ''
  let depth = 0
  for (let i = 0; i < name.length; i++) {
    const c = name[i]!
    if (depth === 0 && name.startsWith('operator', i) && !/\w/.test(name[i - 1] ?? ' ')) {
      const sign = /^operator(?:\(\)|\[\]|->\*?|<=>|<<=?|>>=?|[<>]=?|[-+*/%^&|!=~,]{1,2}| (?:new|delete)(?:\[\])?)/.exec(
        name.slice(i, i + 20),
      )
      if (sign) {
        out += sign[0]
        i += sign[0].length - 1
        continue
      }
    }
    // Rust prints the type before the method: `<T as Trait>::method`; Go prints the receiver: `pkg.(*T).method`.
    if (depth === 0 && c === '<' && (out === '' || out.endsWith('::'))) {
      const as = rustSelf(name, i)
      if (as !== null) {
        out += as.text
        i = as.end
        continue
      }
    }
    if (depth === 0 && c === '(' && out.endsWith('.')) {
      const end = name.indexOf(')', i)
      if (end > 0 && name[end + 1] === '.') {
        out += name.slice(i + 1, end).replace(/^\*/, '')
        i = end
        continue
      }
    }
    if (c === '(' && depth === 0) break
    if (c === '<' || c === '(' || c === '[') depth++
    else if ((c === '>' && name[i - 1] !== '-') || c === ')' || c === ']') depth = Math.max(0, depth - 1)
    else if (depth === 0) out += c
  }
  return out === '' ? name.replace(/[<>()]/g, '').trim() : out
}

function rustSelf(name: string, from: number): { text: string; end: number } | null {
  let depth = 0
  for (let i = from; i < name.length; i++) {
    if (name[i] === '<') depth++
    else if (name[i] === '>' && name[i - 1] !== '-') depth--
    if (depth > 0) continue
    if (!name.startsWith('::', i + 1)) return null
    const inside = name.slice(from + 1, i)
    const as = inside.indexOf(' as ')
    const self = (as < 0 ? inside : inside.slice(0, as)).replace(/^[&*]?(?:mut |const )?/, '')
    return { text: self.replace(/<.*$/, ''), end: i }
  }
  return null
}

/** `void ns::f` of a template instance, `foo const` of a method: only the name itself. */
function withoutReturnType(name: string): string {
  const trimmed = name.replace(/ (?:const|volatile|&&?|noexcept)$/, '').trim()
  if (/operator (?:new|delete|\w)/.test(trimmed) || trimmed.startsWith('protocol witness')) return trimmed
  const space = trimmed.lastIndexOf(' ')
  return space < 0 ? trimmed : trimmed.slice(space + 1)
}

function withoutGenerated(name: string): string {
  return name
    .replace(/^(?:<module>|<lambda>|<listcomp>|<genexpr>)$/, (whole) => whole.slice(1, -1))
    .replace(/(?:\.func\d{1,6}|\.gowrap\d{1,6}|-fm|-range\d{1,6}|\.\d{1,6})+$/, '')
    .replace(/(?:::\{(?:lambda|closure|shim|\{closure\}\}|closure#\d{1,6})\}?)+(?:::operator\(\))?$/, '')
    .replace(/::'?\{?lambda\}?'?::operator$/, '')
    .replace(/::\$_\d{1,6}(?:::operator\(\))?$/, '')
    .replace(/\$\$Lambda[$/\w.]{0,60}/, '')
    .replace(/lambda\$(\w{1,200})\$\d{1,6}$/, '$1')
    .replace(/\$\d{1,6}(?=\.|$)/g, '')
    .replace(/::_$/, '')
}
