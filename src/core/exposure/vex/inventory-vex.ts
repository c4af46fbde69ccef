import type { Instant } from '../../kernel/instant.ts'
import type { StatedVulnerability } from '../component.ts'
import type { VexStatement } from './vex-statement.ts'
import { vexStatus } from './vex-word.ts'

/** An inventory's own statement as VEX, said by whoever wrote the inventory; null where it takes no stand. */
export function statementOfInventory(
  stated: StatedVulnerability,
  said: { readonly author: string; readonly document: string; readonly at: Instant | null },
): VexStatement | null {
  const status = vexStatus(stated.state ?? '')
  if (status === null || stated.ids.length === 0) return null
  const { ids, justification, detail } = stated
  const products = stated.about.map((text) => ({
    identity: text.startsWith('pkg:') ? `purl:${text}` : text.startsWith('cpe:') ? text : `ref:${text}`,
    versions: stated.versions,
    parts: [],
  }))
  return { source: 'inventory', ...said, ids, status, justification, detail, products }
}
