import type { Checkpoint } from './checkpoint.ts'
import { sameBytes } from './hash.ts'
import { isKeyName } from './key.ts'
import { type Failed, fail } from './outcome.ts'

/** The newest thing a log signed, as its database holds it and as a copy outside database and backups holds it. */
export type Head = Checkpoint

export type HeadError =
  | 'ledger.head-missing' // the log has leaves, but the outside copy of its head is gone
  | 'ledger.head-behind' // the database holds fewer leaves than were signed: an older backup
  | 'ledger.head-differs' // the database's leaves are not the ones that were signed

export type HeadDecision = { readonly ok: true; readonly do: 'sign' | 'create' } | Failed<HeadError>

/**
 * Whether the log may sign. `stored` is the outside copy, `rootAtStoredSize` the root that the database's first `stored.size`
 * leaves give (null where they cannot be had). A log that signs after a mismatch would tell two histories.
 */
export function decideHead(stored: Head | null, db: Head, rootAtStoredSize: Uint8Array | null): HeadDecision {
  if (!stored) {
    if (db.size === 0) return { ok: true, do: 'create' }
    return fail('ledger.head-missing', `the log has ${db.size} leaves, but the outside copy of its head is missing`)
  }
  if (stored.origin !== db.origin) {
    return fail('ledger.head-differs', `the outside head is of ${stored.origin}, the database's of ${db.origin}`)
  }
  if (db.size < stored.size) {
    return fail(
      'ledger.head-behind',
      `${stored.size} leaves were signed, the database holds ${db.size}: an older state came back`,
    )
  }
  if (!rootAtStoredSize || !sameBytes(rootAtStoredSize, stored.root)) {
    return fail('ledger.head-differs', `the first ${stored.size} leaves are not the ones that were signed`)
  }
  return { ok: true, do: 'sign' }
}

/** The log as a signer: at work, or halted until a person decides. */
export type Signing =
  | { readonly state: 'signing'; readonly origin: string; readonly retired: readonly string[] }
  | { readonly state: 'halted'; readonly origin: string; readonly retired: readonly string[]; readonly why: HeadError }

export type SigningCommand =
  | { readonly type: 'observe'; readonly head: HeadDecision }
  /** A person brought the right state back; `head` is what comparing gives now. */
  | { readonly type: 'resume'; readonly by: string; readonly head: HeadDecision }
  /** A person goes on from what the database holds, as a new log under a new origin; the old one never signs again. */
  | { readonly type: 'accept-fork'; readonly by: string; readonly origin: string }

export type SigningEvent =
  | { readonly type: 'signing-halted'; readonly why: HeadError }
  | { readonly type: 'signing-resumed'; readonly by: string }
  | { readonly type: 'fork-accepted'; readonly by: string; readonly origin: string }

export type SigningError = HeadError | 'ledger.not-halted' | 'ledger.origin-used' | 'ledger.origin-form'

export type SigningDecision = { readonly ok: true; readonly events: readonly SigningEvent[] } | Failed<SigningError>

/** What a command does to the signer: events to be stored, or why not. Once halted, only a person's command starts it again. */
export function decideSigning(command: SigningCommand, signing: Signing): SigningDecision {
  switch (command.type) {
    case 'observe':
      if (command.head.ok || signing.state === 'halted') return { ok: true, events: [] }
      return { ok: true, events: [{ type: 'signing-halted', why: command.head.code }] }
    case 'resume':
      if (signing.state !== 'halted') return fail('ledger.not-halted', 'the log is signing; there is nothing to resume')
      if (!command.head.ok) return command.head
      return { ok: true, events: [{ type: 'signing-resumed', by: command.by }] }
    case 'accept-fork':
      if (signing.state !== 'halted') return fail('ledger.not-halted', 'the log is signing; there is no fork to accept')
      if (!isKeyName(command.origin))
        return fail('ledger.origin-form', 'an origin has no spaces, no plus and 1 to 255 characters')
      if (command.origin === signing.origin || signing.retired.includes(command.origin)) {
        return fail('ledger.origin-used', 'this origin has signed another history; choose one that was never used')
      }
      return { ok: true, events: [{ type: 'fork-accepted', by: command.by, origin: command.origin }] }
  }
}

/** The signer after an event. */
export function evolveSigning(signing: Signing, event: SigningEvent): Signing {
  const { origin, retired } = signing
  switch (event.type) {
    case 'signing-halted':
      return { state: 'halted', origin, retired, why: event.why }
    case 'signing-resumed':
      return { state: 'signing', origin, retired }
    case 'fork-accepted':
      return { state: 'signing', origin: event.origin, retired: [...retired, origin] }
  }
}

/** Whether checkpoints may be signed now. */
export function maySign(signing: Signing): boolean {
  return signing.state === 'signing'
}
