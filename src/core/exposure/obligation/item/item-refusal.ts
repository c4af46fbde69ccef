import { type Refused, refuse } from '../../../kernel/decision.ts'

/** Why an obligation did not do what it was told; a sentence for whoever asked. */
export const ITEM_REFUSALS = {
  'item.exists': 'There is an obligation with this id already.',
  'item.settled': 'This is settled already; open it again first.',
  'item.open': 'This is open already.',
  'item.not-deferred': 'This is not deferred.',
  'item.no-evidence': 'Say what was done, in at most 2,000 characters.',
  'item.no-reason': 'Say why, in at most 2,000 characters.',
  'item.bad-end': 'A deferral ends in the future, at most 366 days from now.',
  'item.bad-assets': 'Name at least one and at most 10,000 assets, each by an id of at most 200 characters.',
  'item.no-triage': 'This obligation asks for no triage.',
  'item.bad-finding': 'The analysis says what was found; the other steps say nothing of it.',
  'item.no-directive': 'There is no directive of this id and version.',
  'item.too-many': 'This obligation keeps as many entries of this sort as it can.',
} as const

export type ItemRefusal = keyof typeof ITEM_REFUSALS

export function no(code: ItemRefusal): Refused<ItemRefusal> {
  return refuse(code, ITEM_REFUSALS[code])
}
