import type { Docket, Window } from './docket.ts'
import type { DocketEvent, EventOf } from './docket-event.ts'
import { signedBy, UNSIGNED } from './turn.ts'

const TYPES = [
  'opening-proposed',
  'opening-agreed',
  'window-opened',
  'window-end-moved',
  'window-closed',
  'downtime-began',
  'downtime-ended',
  'downtime-granted',
] as const
type WindowEvent = EventOf<(typeof TYPES)[number]>

export function isOfWindow(event: DocketEvent): event is WindowEvent {
  return (TYPES as readonly string[]).includes(event.type)
}

const UNOPENED: Window = {
  days: 0,
  proposed: null,
  agreedAt: null,
  openedAt: null,
  endsAt: null,
  granted: 0,
  closed: null,
}

/** What the access window and its down times become. */
export function afterWindow(docket: Docket, event: WindowEvent): Partial<Docket> {
  const window = docket.window ?? UNOPENED
  switch (event.type) {
    case 'opening-proposed': {
      const { opens, party, person, at, days } = event
      return { window: { ...window, days, proposed: { at: opens, signed: signedBy(UNSIGNED, party, person, at) } } }
    }
    case 'opening-agreed': {
      const { opens, party, person, at } = event
      const signed = signedBy(window.proposed?.signed ?? UNSIGNED, party, person, at)
      return { window: { ...window, proposed: { at: opens, signed }, agreedAt: opens } }
    }
    case 'window-opened':
      return {
        state: 'window-open',
        window: { ...window, days: event.days, openedAt: event.opens, endsAt: event.endsAt },
      }
    case 'window-end-moved':
      return { window: { ...window, endsAt: event.endsAt } }
    case 'window-closed': {
      const closed = { at: event.at, why: event.why }
      const downtime = docket.downtime.map((one) => ({ ...one, to: one.to ?? event.at }))
      return { state: 'analysis', window: { ...window, closed }, downtime }
    }
    case 'downtime-began':
      return { downtime: [...docket.downtime, { from: event.at, to: null, granted: 0 }] }
    case 'downtime-ended': {
      const { at, granted } = event
      const downtime = docket.downtime.map((one) =>
        one.to === null ? { from: one.from, to: at, granted: one.granted + granted } : one,
      )
      return { downtime, window: { ...window, granted: window.granted + granted } }
    }
    case 'downtime-granted':
      return {
        downtime: spread(docket, event.milliseconds, event.at),
        window: { ...window, granted: window.granted + event.milliseconds },
      }
  }
}

// Oldest first, each no more than it lasted.
function spread(docket: Docket, milliseconds: number, now: number): Docket['downtime'] {
  let left = milliseconds
  return docket.downtime.map((one) => {
    const more = Math.min(left, Math.max(0, (one.to ?? now) - one.from - one.granted))
    left -= more
    return { ...one, granted: one.granted + more }
  })
}
