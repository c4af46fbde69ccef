import type { VexStatement, VexStatus } from '../../core/exposure/vex/vex-statement.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import { type JsonObject, objectIn, objectsIn, textIn, textsIn } from '../json/loose.ts'
import { STATUSES } from './csaf-status.ts'
import type { TreeProduct } from './csaf-tree.ts'

interface Of {
  readonly document: string
  readonly author: string
  readonly at: Instant | null
  readonly ids: readonly string[]
  /** The record's own id, which names the flaw where nothing else does. */
  readonly flaw: string
}

/** The VEX statements of one vulnerability: one per status and justification; no more products than there is room for. */
export function statementsOf(
  vulnerability: JsonObject,
  tree: ReadonlyMap<string, TreeProduct>,
  of: Of,
  room: { statements: number },
): VexStatement[] {
  const stated = objectIn(vulnerability, 'product_status')
  const flags = justifications(vulnerability)
  const groups = new Map<string, { status: VexStatus; justification: string | null; products: TreeProduct[] }>()
  for (const [field, status] of STATUSES) {
    for (const id of textsIn(stated, field)) {
      const product = tree.get(id)
      if (product === undefined || product.identities.length === 0 || room.statements < product.identities.length) continue
      room.statements -= product.identities.length
      const justification = status === 'not-affected' ? (flags.get(id) ?? null) : null
      const key = `${status} ${justification}`
      const group = groups.get(key) ?? { status, justification, products: [] }
      group.products.push(product)
      groups.set(key, group)
    }
  }
  const { document, author, at } = of
  return [...groups.values()].map(({ status, justification, products }) => ({
    source: 'csaf',
    document,
    author,
    at,
    ids: of.ids.length > 0 ? of.ids : [of.flaw],
    status,
    justification,
    detail: null,
    products: products.flatMap(({ identities, range }) =>
      identities.map((identity) => ({ identity, versions: versionsOf(identity, range?.vers ?? null), parts: [] })),
    ),
  }))
}

/** A purl with a version says it better than the branch it hangs on. */
function versionsOf(identity: string, vers: string | null): string | null {
  return identity.startsWith('purl:') && identity.includes('@', identity.lastIndexOf('/')) ? null : vers
}

function justifications(vulnerability: JsonObject): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const flag of objectsIn(vulnerability, 'flags')) {
    const label = textIn(flag, 'label')
    if (label !== null) for (const id of textsIn(flag, 'product_ids')) found.set(id, label)
  }
  return found
}
