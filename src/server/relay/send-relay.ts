import { schemeOf } from '../../core/cases/relay/alias.ts'
import { bodyDigest } from '../../core/cases/relay/draft-parts.ts'
import type { RelayDraft } from '../../core/cases/relay/relay-draft.ts'
import { refuseRelay } from '../../core/cases/relay/relay-refusal.ts'
import { decideSending, evolveSending, type Sending, type SendingCommand } from '../../core/cases/relay/sending.ts'
import type { Refused } from '../../core/kernel/decision.ts'
import type { Sha256 } from '../../core/kernel/digest.ts'
import type { Random } from '../../core/kernel/id.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import type { Exchanged, Outgoing } from './exchange.ts'
import type { SendingJournal } from './journal.ts'
import { type Outcome, refusedWith, unsureWith } from './outcome.ts'
import { readAnswer } from './read-answer.ts'
import { ANSWERS, type RelayPlace, requestFor } from './routes.ts'
import type { RelaySettings } from './settings.ts'

/** What a sending needs besides the draft; clock, randomness and network are handed in. */
export interface RelayDeps {
  readonly settings: RelaySettings
  readonly journal: SendingJournal
  readonly exchange: (outgoing: Outgoing) => Promise<Exchanged>
  readonly now: () => Instant
  readonly random: Random
  readonly sha256: Sha256
}

/** Where a draft goes, by whose click, and under which digest that person saw it. */
export interface RelayTarget {
  readonly draftId: string
  readonly place: RelayPlace | null
  readonly by: string
  readonly seen: string
}

/**
 * Sends one draft once. That it begins is stored first; an answer that does not come, or a crash before it is stored, leaves the
 * sending unsure, and it is never repeated from here. Rejects only where the journal does.
 */
export async function sendRelay(draft: RelayDraft, target: RelayTarget, deps: RelayDeps): Promise<Outcome> {
  const host = deps.settings[draft.route]
  if (host === null) return refusedWith('relay.closed')
  const same =
    target.seen === draft.digest &&
    bodyDigest({ route: draft.route, body: draft.body } as RelayDraft, deps.sha256) === draft.digest
  if (!same) return refusedWith('relay.not-seen')
  const request = requestFor(draft, host, target.place, Buffer.from(deps.random(16)).toString('hex'))
  if (request === null) return refusedWith('relay.wrong-place')

  const { sending, version } = await deps.journal.load(target.draftId)
  const begin = { type: 'begin', route: draft.route, host: host.base.host, digest: draft.digest, by: target.by } as const
  const begun = await record(sending, version, begin, target.draftId, deps)
  if ('code' in begun)
    return begun.code === 'sending.unsettled' ? unsureWith('an earlier try had no answer') : refusedWith('relay.not-begun')
  if (begun.stored === null) return refusedWith('relay.not-begun')

  const outcome = readAnswer(await deps.exchange(request), ANSWERS[draft.route], deps.now())
  await record(begun.stored, version + 1, toCommand(outcome), target.draftId, deps)
  return outcome
}

/** A person says what became of an unsure sending: the identifier that the other side gave, or null where it never arrived. */
export async function settleRelay(
  draftId: string,
  handle: string | null,
  by: string,
  deps: RelayDeps,
): Promise<Sending | Refused | null> {
  if (handle !== null && schemeOf(handle) === null) return refuseRelay('alias.malformed')
  const { sending, version } = await deps.journal.load(draftId)
  const settled = await record(sending, version, { type: 'settle', handle, by }, draftId, deps)
  return 'code' in settled ? settled : settled.stored
}

/** A person drops a draft that did not go: it is kept as that, and never sent from here. */
export async function dropRelay(
  draftId: string,
  reason: string | null,
  by: string,
  deps: RelayDeps,
): Promise<Sending | Refused | null> {
  const { sending, version } = await deps.journal.load(draftId)
  const dropped = await record(sending, version, { type: 'drop', reason, by }, draftId, deps)
  return 'code' in dropped ? dropped : dropped.stored
}

async function record(
  before: Sending | null,
  version: number,
  command: SendingCommand,
  draftId: string,
  { journal, now }: RelayDeps,
): Promise<{ readonly stored: Sending | null } | Refused> {
  const decision = decideSending(before, command, now())
  if (!decision.ok) return decision
  const [event] = decision.events
  if (event === undefined || !(await journal.append(draftId, version, event))) return { stored: null }
  return { stored: evolveSending(before, event) }
}

function toCommand(outcome: Outcome): SendingCommand {
  if (outcome.ok) return { type: 'arrived', handle: outcome.handle }
  return 'unsure' in outcome ? { type: 'lost' } : { type: 'refused', code: outcome.refused, retryAt: outcome.retryAt }
}
