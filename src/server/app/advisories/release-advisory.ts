import type { Advisory, ReleasePermit } from '../../../core/advisories/advisory.ts'
import type { AdvisoryAsker } from '../../../core/advisories/advisory-command.ts'
import { type AdvisoryFormat, completeness, FORMATS } from '../../../core/advisories/completeness.ts'
import { decideAdvisory } from '../../../core/advisories/decide.ts'
import { evolveAdvisory } from '../../../core/advisories/evolve.ts'
import type { Case } from '../../../core/cases/case.ts'
import { mayPublish } from '../../../core/cases/publishing.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import { carryOut } from '../cases/command-case.ts'
import { loadCase } from '../cases/load-case.ts'
import { releasingNow } from '../cases/releasing-now.ts'
import type { ReleasePlan } from './advisory-body.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import type { LoadedAdvisory } from './load-advisory.ts'
import { storeAdvisory } from './store-advisory.ts'
import { flawsOf } from './written-content.ts'

/**
 * Lets a ready advisory out, in the running transaction: its case permits it by the earlier of both clocks, every format is complete
 * or was named as left out, the case notes that its flaws are public, the ledger gets the digests. While the clocks differ nothing
 * goes out.
 */
export async function release(
  desk: AdvisoryDesk,
  tx: Tx,
  loaded: LoadedAdvisory,
  plan: ReleasePlan,
  by: AdvisoryAsker['kind'],
): Promise<Answer<Advisory>> {
  const { advisory, home, key, row } = loaded
  const now = await releasingNow(desk, tx)
  if (now === null)
    return denied(
      'server.unavailable',
      'The clocks of host and database differ by more than 2 s; nothing goes out until they agree.',
    )
  const settled = formatsSettled(advisory, plan.without)
  if (!settled.ok) return settled
  const may = mayPublish(home.case, now)
  if (!may.may) return denied('advisory.refused', may.reasons.map(({ say }) => say).join(' '), may.reasons[0]?.code)
  const known = flawsOf(loaded)
  if (advisory.draft?.flaws.some(({ id }) => !known.has(id)))
    return denied('advisory.refused', 'It speaks of a flaw that is no longer in its case; take that out first.')
  const asker: AdvisoryAsker = by === 'machine' ? { kind: 'machine' } : { kind: 'person', person: plan.by as Id<'person'> }
  // Somebody who publishes now means now, whatever was planned before.
  const asked = by === 'machine' ? advisory : { ...advisory, release: null }
  const decision = decideAdvisory(asked, { do: 'publish', permit: permitOf(home.case, may.because, now) }, asker, now)
  if (!decision.ok) return denied('advisory.refused', decision.say, decision.code)
  const after = decision.events.reduce(evolveAdvisory, advisory as Advisory)
  await storeAdvisory(desk, tx, { body: { advisory: after, plan: null }, case: row.case_id, key, now, events: decision.events })
  const noted = await notePublic(desk, tx, after, plan.by as Id<'person'>, now)
  return noted.ok ? done(after) : noted
}

/** Whether each format is complete or named as left out; CSAF and the feed never are, and none is named that is complete. */
export function formatsSettled({ draft }: Advisory, without: readonly AdvisoryFormat[]): Answer<null> {
  if (draft === null) return done(null)
  const missing = completeness(draft)
  for (const format of FORMATS) {
    const lacks = missing[format].length > 0
    if (without.includes(format) && (format === 'csaf' || format === 'atom'))
      return denied('advisory.refused', `${format.toUpperCase()} cannot be left out.`, 'act/without')
    if (without.includes(format) && !lacks)
      return denied('advisory.refused', `${format.toUpperCase()} is complete and goes out; do not name it.`, 'act/without')
    if (!without.includes(format) && lacks)
      return denied(
        'advisory.refused',
        `${format.toUpperCase()} is not complete: complete it, or name it as left out.`,
        'act/without',
      )
  }
  return done(null)
}

const WHY = { 'no-embargo': 'no-embargo', ended: 'embargo-ended', 'all-agreed': 'all-agreed' } as const

function permitOf({ embargo, openedAt }: Case, because: keyof typeof WHY, now: Instant): ReleasePermit {
  const ended = embargo.ended?.at ?? embargo.terms?.endsAt ?? openedAt
  const from = because === 'ended' ? ended : because === 'no-embargo' ? openedAt : now
  return { why: WHY[because], from: instant(Math.min(from, now)) }
}

/** The case learns from us that its flaws are public, by the word of whoever let the advisory out. */
async function notePublic(
  desk: AdvisoryDesk,
  tx: Tx,
  { id, case: of, revisions }: Advisory,
  person: Id<'person'>,
  at: Instant,
): Promise<Answer<null>> {
  for (const { id: flaw } of revisions.at(-1)?.content.flaws ?? []) {
    const home = of === null ? null : await loadCase(desk, tx, of, true)
    const known = home?.case.flaws.find((one) => one.flaw === flaw)
    if (home === null || known === undefined || known.public !== null) continue
    const command = { do: 'note-publicity', participant: home.case.chair, flaw, what: 'public', at, evidence: id } as const
    const asker = { kind: 'person', person, participants: [], coordinator: true } as const
    // Read again each time: the command before may have changed it.
    const told = await carryOut(desk, tx, { ...home, now: at }, asker, { command })
    if (!told.ok) return told
  }
  return done(null)
}
