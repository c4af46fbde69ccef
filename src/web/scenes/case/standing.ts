import type { PartyOut } from '../../../contract/shapes/case.ts'
import { KIND, STATUS } from './words.ts'

// How the parties of a case stand to one flaw of it. Who has said nothing is counted by itself and never left out.

/** Kinds that are asked how they are affected. */
const ASKED: readonly PartyOut['kind'][] = ['maintainer', 'vendor', 'distributor']

/** Whether the party is asked how it is affected. */
export const isAsked = ({ kind, leftAt }: PartyOut): boolean => ASKED.includes(kind) && leftAt === null

/** Silent: asked, and no word has ever come. */
export const isSilent = (party: PartyOut): boolean => isAsked(party) && party.lastWordAt === null && !party.you

/** The work of a party on that flaw, where it is told of it. */
export const workOn = (party: PartyOut, flaw: string | null) => party.works.find((one) => one.flaw === flaw) ?? null

export const SHARES = ['affected', 'not-affected', 'under-investigation', 'fixed', 'unsaid', 'silent'] as const
export type Share = (typeof SHARES)[number]

export const SHARE_WORDS: Readonly<Record<Share, string>> = {
  affected: 'affected',
  'not-affected': 'not affected',
  'under-investigation': 'looking',
  fixed: 'fixed',
  unsaid: 'answered, no status yet',
  silent: 'silent: have said nothing, so nothing is known',
}

/** How many of those asked stand where, for one flaw; the sum is all that are asked. */
export function sharesOf(parties: readonly PartyOut[], flaw: string | null): Readonly<Record<Share, number>> {
  const shares = { affected: 0, 'not-affected': 0, 'under-investigation': 0, fixed: 0, unsaid: 0, silent: 0 }
  for (const party of parties) {
    if (!isAsked(party)) continue
    shares[isSilent(party) ? 'silent' : (workOn(party, flaw)?.status?.status ?? 'unsaid')]++
  }
  return shares
}

/** Most recent word first, then by name; those who never said a word stand last. */
export function byLastWord(a: PartyOut, b: PartyOut): number {
  const at = (party: PartyOut) => (party.lastWordAt === null ? 0 : Date.parse(party.lastWordAt))
  return at(b) - at(a) || (a.name ?? '').localeCompare(b.name ?? '')
}

/** Whether what was typed stands in the party's name, kind, or any word that its row shows. */
export function fits(party: PartyOut, flaw: string | null, typed: string): boolean {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return true
  const status = workOn(party, flaw)?.status?.status
  const words = [
    party.name ?? 'hides its participation',
    KIND[party.kind],
    `tier ${party.tier}`,
    party.consent === 'signatory' ? 'accepted' : party.consent,
    party.report,
    status ? STATUS[status] : 'not said',
    isSilent(party) ? 'silent' : '',
    party.leftAt === null ? '' : 'left',
  ]
  return words.some((word) => word.toLowerCase().includes(wanted))
}

/** What is known of the silent, in one sentence each: when they were asked, how many lapsed, and when the next answer is due. */
export function silenceOf(silent: readonly PartyOut[], now: number) {
  const invited = silent.map((one) => Date.parse(one.invitedAt)).filter((at) => !Number.isNaN(at))
  const due = silent.flatMap((one) => (one.respondBy === null ? [] : [Date.parse(one.respondBy)])).filter((at) => at > now)
  return {
    count: silent.length,
    first: invited.length === 0 ? null : Math.min(...invited),
    last: invited.length === 0 ? null : Math.max(...invited),
    lapsed: silent.filter(({ consent }) => consent === 'lapsed').length,
    unread: silent.filter(({ reads }) => reads !== 'content').length,
    dueNext: due.length === 0 ? null : Math.min(...due),
  }
}
