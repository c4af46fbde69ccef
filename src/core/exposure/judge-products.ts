import type { AdvisoryRecord } from './advisory-record.ts'
import { judgeProduct } from './judge-product.ts'
import type { Match } from './match.ts'
import type { MatchSubject } from './match-subject.ts'
import type { ProductEntry } from './product-entry.ts'
import { better } from './weigh-matches.ts'

/** What the products of each record say together: one that is fixed or not affected, as its own maker states, is not affected. */
export function judgeProducts(entries: readonly ProductEntry[], subject: MatchSubject): Map<AdvisoryRecord, Match> {
  const held = new Map<AdvisoryRecord, Match>()
  const cleared = new Map<AdvisoryRecord, Match>()
  for (const entry of entries) {
    const match = judgeProduct(entry, subject)
    if (match === null) continue
    const { status } = entry.product
    if (status === 'affected') held.set(entry.record, better(held.get(entry.record), match))
    else if (match.affected === 'yes' && status === 'under-investigation') {
      held.set(entry.record, better(held.get(entry.record), { ...match, affected: 'unknown' }))
    } else if (match.affected === 'yes') {
      const step = status === 'fixed' ? 'vex-fixed' : 'vex-not-affected'
      const why = { step, rule: entry.record.id, with: [entry.record.source] } as const
      cleared.set(entry.record, { affected: 'no', by: match.by, fixed: null, steps: [...match.steps, why] })
    }
  }
  for (const [record, match] of cleared) held.set(record, match)
  return held
}
