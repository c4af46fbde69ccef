import type { EdgeDeviceOut, EdgeDueOut } from '../../../contract/shapes/edge-device.ts'

type Deed = EdgeDueOut['deed']

/** What each row asks, beside the name of the device. */
const ASKS: Readonly<Record<EdgeDueOut['step'], string>> = {
  list: 'Write it on your list and report it to CISA',
  'remove-listed': 'Take it off the network: CISA lists it',
  'remove-all': 'Take it off the network',
  discover: 'Have a process that keeps finding edge devices',
}

export const DONE: Readonly<Record<Deed, string>> = {
  reported: 'It is reported',
  removed: 'It is off the network',
  process: 'The process is there',
}

export const HISTORY: Readonly<Record<Deed, readonly [done: string, reopened: string]>> = {
  reported: ['Reported', 'Not reported after all'],
  removed: ['Off the network', 'On the network again'],
  process: ['The process is there', 'The process is not there after all'],
}

/** The first row that is open; null where nothing is due. */
export function nextOf(milestones: readonly EdgeDueOut[]): EdgeDueOut | null {
  return milestones.reduce<EdgeDueOut | null>(
    (next, one) => (one.state === 'done' || (next !== null && next.due <= one.due) ? next : one),
    null,
  )
}

/** What is to be done about a device now, in one sentence without a full stop. */
export function sayAsked(milestones: readonly EdgeDueOut[], support: string | null): string {
  const next = nextOf(milestones)
  if (next !== null && next.step === 'remove-listed' && next.assumed !== null) return `${ASKS['remove-all']}, taken as listed`
  if (next !== null) return ASKS[next.step]
  if (milestones.some(({ deed, state }) => deed === 'removed' && state === 'done')) return DONE.removed
  if (milestones.length > 0) return 'All that was asked is done'
  return support === null ? 'Nothing is asked' : `Nothing is asked while its maker repairs it, until ${support}`
}

/** Deeds that can be said now, and those that can be taken back. */
export function deedsOf(of: Pick<EdgeDeviceOut, 'milestones' | 'history'>): { readonly open: Deed[]; readonly done: Deed[] } {
  const open = new Set(of.milestones.flatMap(({ deed, state }) => (state === 'done' ? [] : [deed])))
  const last = new Map(of.history.map(({ deed, how }) => [deed, how]))
  return { open: [...open], done: [...last].flatMap(([deed, how]) => (how === 'done' ? [deed] : [])) }
}

/** Maker and model, and until when it is repaired. */
export function sayDevice({
  maker,
  model,
  unit,
  support,
}: Pick<EdgeDeviceOut, 'maker' | 'model' | 'unit' | 'support'>): string {
  const what = [maker, model].filter((part) => part !== null).join(' ')
  const end =
    support === null
      ? 'nobody said until when it is repaired'
      : support === 'ended'
        ? 'no longer repaired'
        : `repaired until ${support}`
  return [what, unit ?? '', end].filter((part) => part !== '').join('; ')
}
