import { heldObject } from '../../core/exposure/finding-object.ts'
import type { HeldFlaw, HeldFlaws } from './held-flaws.ts'
import type { InventoriesRead } from './inventories.ts'
import type { RecordsRead } from './records-read.ts'

/**
 * Everything that is no finding, a line of JSON each, by what it is: flaws of which nobody can tell, flaws that a statement settled,
 * statements that changed nothing, entries of inventories that nobody can match, inventories and records that were not taken.
 */
export function* restLines(held: HeldFlaws, read: InventoriesRead, records: RecordsRead): Generator<object> {
  const flaw = (rest: string, { flaw: own, assets }: HeldFlaw) => ({
    rest,
    ...heldObject(
      own,
      assets.map(({ name }) => name),
    ),
  })
  for (const one of held.unknown) yield flaw('unknown', one)
  for (const one of held.settled) yield flaw('settled', one)
  for (const { statement, why } of held.unused) {
    const { author, document, status, ids } = statement
    yield { rest: 'unused-statement', ids, status, author, document, why }
  }
  for (const { file, place, why, said } of read.examples) yield { rest: 'unmatched', file, place, why, said }
  for (const [why, count] of read.unmatched) yield { rest: 'unmatched-count', why, count }
  for (const { file, say } of read.refused) yield { rest: 'refused', file, say }
  for (const { file, at, id, why } of records.examples) yield { rest: 'set-aside', file, at, id, why }
  for (const [why, count] of records.aside) yield { rest: 'set-aside-count', why, count }
}
