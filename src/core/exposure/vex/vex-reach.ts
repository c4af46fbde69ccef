import type { ParsedPurl } from '../../kernel/purl/parts.ts'
import { parsePurl } from '../../kernel/purl.ts'
import type { Component } from '../component.ts'
import { type ReadPurl, sameProduct, sameVersion } from './vex-product.ts'
import type { VexStatement } from './vex-statement.ts'

/** What an inventory is about, and the names by which statements may mean it (`bom-ref`s and BOM-Links). */
export interface Whole {
  readonly subject: Component
  readonly refs: ReadonlySet<string>
}

const NO_REFS: ReadonlyMap<string, string> = new Map()

/** Whether a statement names a component itself, so that it holds in whatever inventory that stands. */
export function namesPart({ products }: VexStatement, component: Component, read: ReadPurl = parsePurl): boolean {
  return products.some((product) => product.parts.length === 0 && sameProduct(product, component, NO_REFS, read) === 'same')
}

/** Whether a statement names what an inventory is about, so that it may hold for what is in it. */
export function namesWhole({ products }: VexStatement, { subject, refs }: Whole, read: ReadPurl = parsePurl): boolean {
  return products.some(({ identity, versions }) => {
    if (!identity.startsWith('ref:')) return sameProduct({ identity, versions }, subject, NO_REFS, read) === 'same'
    return refs.has(identity.slice(4)) && (versions === null || sameVersion(versions, subject) === 'same')
  })
}

/** `parsePurl` that reads each text once: thousands of products meet the same component. */
export function readOnce(): ReadPurl {
  const held = new Map<string, ParsedPurl>()
  return (text) => {
    const known = held.get(text) ?? parsePurl(text)
    held.set(text, known)
    return known
  }
}
