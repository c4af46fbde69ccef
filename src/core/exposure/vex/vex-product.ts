import type { ParsedPurl, Purl } from '../../kernel/purl/parts.ts'
import { parsePurl } from '../../kernel/purl.ts'
import { rangeContains, readRange } from '../../kernel/vers/range.ts'
import { versionOrder } from '../../kernel/version-order.ts'
import type { Component } from '../component.ts'
import { compareValues } from '../cpe/cpe-compare.ts'
import { ATTRIBUTES, parseCpe } from '../cpe/cpe-name.ts'
import { globHolds } from '../glob.ts'
import { keyOfPurl } from '../package-identity.ts'
import { foldedMark } from '../product-mark.ts'
import { parseBounds, plainVersion } from '../version-bounds.ts'
import type { VexProduct } from './vex-statement.ts'

/** Whether a stated product is a component: yes, or the first thing in which they differ. */
export type SameProduct =
  | 'same'
  | 'other-product'
  | 'other-version'
  | 'other-qualifier'
  | 'unreadable-product'
  | 'unknown-version'

/** `parsePurl`, or one that keeps what it read. */
export type ReadPurl = (text: string) => ParsedPurl

/**
 * Compares identities as different tools write them: a purl without version is every version, a qualifier counts only where both
 * state it, a bom-ref only after `refs` resolved it, marks by their spelling, CPE names by NISTIR 7696.
 */
export function sameProduct(
  product: Pick<VexProduct, 'identity' | 'versions'>,
  component: Component,
  refs: ReadonlyMap<string, string>,
  read: ReadPurl = parsePurl,
): SameProduct {
  const identity = resolved(product.identity, refs)
  if (identity.startsWith('ref:')) return 'other-product'
  const same = identity.startsWith('purl:')
    ? samePurl(identity.slice(5), component, read)
    : identity.startsWith('cpe:')
      ? sameCpe(identity, component)
      : sameMark(identity, component)
  return same === 'same' && product.versions !== null ? sameVersion(product.versions, component) : same
}

function resolved(identity: string, refs: ReadonlyMap<string, string>): string {
  if (!identity.startsWith('ref:')) return identity
  const purl = refs.get(identity.slice(4))
  return purl === undefined ? identity : `purl:${purl}`
}

function samePurl(stated: string, component: Component, read: ReadPurl): SameProduct {
  const theirs = read(stated)
  if (!theirs.ok) return 'unreadable-product'
  if (component.purl === null) return 'other-product'
  const ours = read(component.purl)
  if (!ours.ok || !samePackage(theirs.purl, ours.purl, stated, component.purl)) return 'other-product'
  if (theirs.purl.version !== null && theirs.purl.version !== ours.purl.version) {
    const order = versionOrder(ours.purl.type)
    if (ours.purl.version === null || order?.compare(theirs.purl.version, ours.purl.version) !== 0) return 'other-version'
  }
  for (const [key, value] of Object.entries(theirs.purl.qualifiers)) {
    const own = ours.purl.qualifiers[key]
    if (TELLING.has(key) && own !== undefined && own !== value) return 'other-qualifier'
  }
  return 'same'
}

/** Qualifiers that tell packages apart; all others say where one was got. */
const TELLING = new Set(['arch', 'distro', 'epoch', 'classifier', 'repository_url', 'tag'])

function samePackage(theirs: Purl, ours: Purl, theirText: string, ourText: string): boolean {
  const { type } = theirs
  if (type !== ours.type) return false
  if (theirs.name === ours.name && theirs.namespace === ours.namespace) return true
  // The binary's own name was tried; what is left is another spelling of it.
  return type !== 'deb' && type !== 'apk' && keyOfPurl(theirText.split('?', 1)[0]!) === keyOfPurl(ourText.split('?', 1)[0]!)
}

function sameCpe(stated: string, component: Component): SameProduct {
  const theirs = parseCpe(stated)
  if (theirs === null) return 'unreadable-product'
  const held = component.cpes.slice(0, 50).some((text) => {
    const ours = parseCpe(text)
    return ours !== null && ATTRIBUTES.every((name) => ['equal', 'superset'].includes(compareValues(theirs[name], ours[name])))
  })
  return held ? 'same' : 'other-product'
}

function sameMark(stated: string, component: Component): SameProduct {
  const mark = foldedMark(stated)
  return component.marks.slice(0, 200).some((own) => globHolds(mark, foldedMark(own))) ? 'same' : 'other-product'
}

/** Whether the versions that a statement means hold a component's. */
export function sameVersion(versions: string, component: Component): SameProduct {
  const constraints = parseBounds(versions)
  if (constraints === null) return 'unreadable-product'
  const type = component.purl === null ? 'generic' : component.purl.slice(4, component.purl.indexOf('/'))
  const range = readRange({ type: versionOrder(type) === null ? 'generic' : type, constraints })
  if (range.isAll) return 'same'
  if (component.version === null) return 'unknown-version'
  const holds = rangeContains(range, plainVersion(component.version))
  return holds === 'yes' ? 'same' : holds === 'no' ? 'other-version' : 'unknown-version'
}
