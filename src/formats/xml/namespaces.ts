/** The namespaces that are declared at one place of a document (Namespaces in XML 1.0), linked to those around it. */
export interface Namespaces {
  readonly declared: ReadonlyMap<string, string>
  readonly around: Namespaces | null
  readonly depth: number
}

export const NO_NAMESPACES: Namespaces = { declared: new Map(), around: null, depth: 0 }

/** Most places that declare namespaces, one within the other. */
const MOST = 64

/** The namespaces inside an element with these attributes; null where too many are declared one within the other. */
export function declare(around: Namespaces, attributes: ReadonlyMap<string, string>): Namespaces | null {
  let declared: Map<string, string> | null = null
  for (const [name, value] of attributes) {
    if (name === 'xmlns') declared = (declared ?? new Map()).set('', value)
    else if (name.startsWith('xmlns:')) declared = (declared ?? new Map()).set(name.slice(6), value)
  }
  if (declared === null) return around
  // Said again what holds already: nothing new.
  if ([...declared].every(([prefix, uri]) => around.declared.get(prefix) === uri)) return around
  return around.depth >= MOST ? null : { declared, around, depth: around.depth + 1 }
}

/** The namespace of a prefix; '' for none, undefined where the prefix is not declared. */
export function namespaceOf(namespaces: Namespaces, prefix: string): string | undefined {
  for (let at: Namespaces | null = namespaces; at !== null; at = at.around) {
    const uri = at.declared.get(prefix)
    if (uri !== undefined) return uri
  }
  return prefix === '' ? '' : prefix === 'xml' ? 'http://www.w3.org/XML/1998/namespace' : undefined
}
