import type { CpeValue } from './cpe-name.ts'

export type CpeRelation = 'equal' | 'superset' | 'subset' | 'disjoint' | 'undefined'

/** How a source's value stands to a target's: the table of NISTIR 7696 §6.2. Linear in length. */
export function compareValues(source: CpeValue, target: CpeValue): CpeRelation {
  if (target.is === 'text' && (target.lead !== 0 || target.trail !== 0)) return 'undefined'
  if (source.is === 'any') return target.is === 'any' ? 'equal' : 'superset'
  if (target.is === 'any') return 'subset'
  if (source.is === 'na' || target.is === 'na') return source.is === target.is ? 'equal' : 'disjoint'
  if (source.lead === 0 && source.trail === 0) return source.text === target.text ? 'equal' : 'disjoint'
  return holdsText(source.text, source.lead, source.trail, target.text) ? 'superset' : 'disjoint'
}

/** Whether `text` is `body` with what the wildcards allow before and after; -1 allows any run. */
function holdsText(body: string, lead: number, trail: number, text: string): boolean {
  if (lead < 0 && trail < 0) return text.includes(body)
  const spare = text.length - body.length
  if (spare < 0) return false
  if (lead < 0) return within(body, text, Math.max(0, spare - trail), spare)
  return within(body, text, trail < 0 ? 0 : Math.max(0, spare - trail), Math.min(lead, spare))
}

function within(body: string, text: string, from: number, to: number): boolean {
  for (let at = from; at <= to; at++) if (text.startsWith(body, at)) return true
  return false
}
