import { accept, type Decision } from '../../kernel/decision.ts'
import { type Instant, MINUTE } from '../../kernel/instant.ts'
import type { RelayRoute } from './relay-draft.ts'
import { type RelayRefusal, refuseRelay } from './relay-refusal.ts'

/** How the sending of one draft stands. From `begun` on, nobody but a person can say that it did not arrive. */
export type Sending =
  | {
      readonly state: 'begun'
      readonly route: RelayRoute
      readonly host: string
      readonly digest: string
      readonly at: Instant
    }
  | { readonly state: 'sent'; readonly handle: string; readonly at: Instant }
  | { readonly state: 'not-sent'; readonly code: string; readonly at: Instant; readonly retryAt: Instant | null }
  | { readonly state: 'unsure'; readonly at: Instant }
  | { readonly state: 'dropped'; readonly by: string; readonly reason: string | null; readonly at: Instant }

export type SendingCommand =
  | { readonly type: 'begin'; readonly route: RelayRoute; readonly host: string; readonly digest: string; readonly by: string }
  | { readonly type: 'arrived'; readonly handle: string }
  | { readonly type: 'refused'; readonly code: string; readonly retryAt: Instant | null }
  | { readonly type: 'lost' }
  /** A person looked: with the identifier the other side gave, or null where it never arrived. */
  | { readonly type: 'settle'; readonly handle: string | null; readonly by: string }
  /** A person decided that it is not sent from here. */
  | { readonly type: 'drop'; readonly reason: string | null; readonly by: string }

export type SendingEvent =
  | {
      readonly type: 'sending-begun'
      readonly route: RelayRoute
      readonly host: string
      readonly digest: string
      readonly by: string
      readonly at: Instant
    }
  | { readonly type: 'sending-arrived'; readonly handle: string; readonly at: Instant }
  | { readonly type: 'sending-refused'; readonly code: string; readonly retryAt: Instant | null; readonly at: Instant }
  | { readonly type: 'sending-lost'; readonly at: Instant }
  | { readonly type: 'sending-settled'; readonly handle: string | null; readonly by: string; readonly at: Instant }
  | { readonly type: 'sending-dropped'; readonly reason: string | null; readonly by: string; readonly at: Instant }

/** A request ends after 20 seconds; until well after that its own answer may still come. */
export const UNDER_WAY = MINUTE

/** What a command makes of a sending: a draft goes out once, and again only after the other side or a person said it is not there. */
export function decideSending(
  sending: Sending | null,
  command: SendingCommand,
  at: Instant,
): Decision<SendingEvent, RelayRefusal> {
  switch (command.type) {
    case 'begin': {
      if (sending?.state === 'begun' || sending?.state === 'unsure') return refuseRelay('sending.unsettled')
      if (sending?.state === 'sent') return refuseRelay('sending.exists')
      if (sending?.state === 'dropped') return refuseRelay('sending.dropped')
      const { route, host, digest, by } = command
      return accept({ type: 'sending-begun', route, host, digest, by, at })
    }
    case 'arrived':
      if (sending?.state !== 'begun') return refuseRelay('sending.wrong-state')
      return accept({ type: 'sending-arrived', handle: command.handle, at })
    case 'refused':
      if (sending?.state !== 'begun') return refuseRelay('sending.wrong-state')
      return accept({ type: 'sending-refused', code: command.code, retryAt: command.retryAt, at })
    case 'lost':
      if (sending?.state !== 'begun') return refuseRelay('sending.wrong-state')
      return accept({ type: 'sending-lost', at })
    case 'settle':
      if (sending?.state !== 'begun' && sending?.state !== 'unsure') return refuseRelay('sending.wrong-state')
      if (sending.state === 'begun' && at < sending.at + UNDER_WAY) return refuseRelay('sending.under-way')
      return accept({ type: 'sending-settled', handle: command.handle, by: command.by, at })
    case 'drop':
      if (sending?.state === 'begun' || sending?.state === 'unsure') return refuseRelay('sending.unsettled')
      if (sending?.state === 'sent') return refuseRelay('sending.exists')
      if (sending?.state === 'dropped') return refuseRelay('sending.dropped')
      return accept({ type: 'sending-dropped', reason: command.reason, by: command.by, at })
  }
}

/** The sending after one event. */
export function evolveSending(_: Sending | null, event: SendingEvent): Sending {
  const { at } = event
  switch (event.type) {
    case 'sending-begun':
      return { state: 'begun', route: event.route, host: event.host, digest: event.digest, at }
    case 'sending-arrived':
      return { state: 'sent', handle: event.handle, at }
    case 'sending-refused':
      return { state: 'not-sent', code: event.code, at, retryAt: event.retryAt }
    case 'sending-lost':
      return { state: 'unsure', at }
    case 'sending-dropped':
      return { state: 'dropped', by: event.by, reason: event.reason, at }
    case 'sending-settled':
      return event.handle === null
        ? { state: 'not-sent', code: 'settled', at, retryAt: null }
        : { state: 'sent', handle: event.handle, at }
  }
}
