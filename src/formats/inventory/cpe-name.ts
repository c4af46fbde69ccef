// CPE names, NISTIR 7695: the formatted string (2.3) stays as it is stated, the older URI (2.2) becomes one.
const LONGEST = 2048
const PLAIN = /^[A-Za-z0-9_]$/
const FIELDS = 11

/** A stated CPE name as a CPE 2.3 formatted string; null where it is none. `cpe:/a:…` is read as section 6.1.3.2 says. */
export function cpeName(stated: string): string | null {
  const text = stated.trim()
  if (text.length > LONGEST) return null
  if (/^cpe:2\.3:/i.test(text)) return partsOf(text.slice(8)) === FIELDS && /^[aoh*-]:/i.test(text.slice(8)) ? text : null
  if (!/^cpe:\/[aoh]?(?::|$)/i.test(text)) return null
  const parts = text.slice(5).split(':')
  if (parts.length > 7) return null
  const [part, vendor, product, version, update, edition, language] = parts
  const packed = edition?.startsWith('~') ? edition.split('~').slice(1) : [edition]
  if (packed.length > 5) return null
  const [old, sw, targetSw, targetHw, other] = packed
  const all = [part, vendor, product, version, update, old, language, sw, targetSw, targetHw, other].map(unbound)
  return all.includes(null) ? null : `cpe:2.3:${all.join(':')}`
}

function partsOf(text: string): number {
  let parts = 1
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === ':') parts++
  }
  return parts
}

function unbound(part: string | undefined): string | null {
  if (part === undefined || part === '') return '*'
  if (part === '-') return '-'
  let decoded: string
  try {
    decoded = decodeURIComponent(part.replace(/%0[12]/g, (code) => (code === '%01' ? '\u0001' : '\u0002')))
  } catch {
    return null
  }
  let out = ''
  for (const c of decoded.toLowerCase()) {
    // %01 and %02 stand for the wildcards.
    if (c === '\u0001') out += '?'
    else if (c === '\u0002') out += '*'
    else if (c < ' ') return null
    else out += PLAIN.test(c) || c === '.' || c === '-' || c > '~' ? c : `\\${c}`
  }
  return out
}
