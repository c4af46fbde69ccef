import type { CaseFlawOut, CaseView, EmbargoOut, PartyOut } from '../../../contract/shapes/case.ts'
import type { CaseFlaw, EmbargoProposal, EmbargoTerms, FlawWork, Noted, Participant } from '../../../core/cases/case.ts'
import { mayPublish } from '../../../core/cases/publishing.ts'
import { formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { severityOut } from '../flaws/flaw-view.ts'
import type { CaseDesk } from './case-desk.ts'
import { caseRow, flawLines, flawsShown } from './case-row.ts'
import { ordersMet } from './close-case.ts'
import { flawContent } from './flaw-content.ts'
import { lastWords } from './last-words.ts'
import type { SeenCase } from './load-case.ts'
import { mayActs } from './may-acts.ts'
import { readsOf } from './reads-of.ts'
import { type Viewer, viewerOf } from './viewer.ts'

/** The page of one case, as much of it as the asker reads. */
export async function caseView(desk: CaseDesk, tx: Tx, seen: SeenCase): Promise<CaseView> {
  const { case: of, now, parties, coordinator, row } = seen
  const viewer = await viewerOf(tx, seen)
  const words = await lastWords(tx, seen)
  const lines = await flawLines(desk, tx, flawsShown(seen, viewer))
  const reads = viewer.as !== null
  const publish = mayPublish(of, now)
  const own = new Set<string>(seen.flaws)
  return {
    row: caseRow(seen, viewer, lines),
    version: of.version,
    now: formatInstant(now),
    you: parties.map(({ id }) => id),
    coordinator: { name: viewer.called(of.chair), you: coordinator },
    invitation: invitationOut(viewer),
    embargo: reads ? embargoOut(seen, viewer) : offeredOut(seen, viewer),
    flaws: of.state === 'open' ? await flawsOut(desk, tx, seen, viewer) : [],
    parties: reads ? viewer.shown.map((one) => partyOut(seen, viewer, one, words)) : [],
    hidden: viewer.hidden,
    claims: reads ? claimsOut(seen, viewer) : [],
    publish: reads
      ? { may: publish.may, says: publish.may ? BECAUSE[publish.because] : publish.reasons.map(({ say }) => say).join(' ') }
      : { may: false, says: '' },
    orders: reads ? (seen.purge?.orders ?? ordersMet(of)).filter(({ flaw }) => own.has(flaw)).map((one) => ({ ...one })) : [],
    advisory: reads ? await advisoryOf(tx, of.id) : null,
    receipt: reads && row.receipt !== null ? `/v1/cases/${of.id}/receipt` : null,
    may: mayActs(seen),
  }
}

const BECAUSE = {
  'no-embargo': 'No embargo binds.',
  ended: 'The embargo has ended.',
  'all-agreed': 'Everybody whom the embargo binds agreed to publish.',
} as const

const when = (at: Instant | null): string | null => (at === null ? null : formatInstant(at))

function termsOut(terms: EmbargoTerms, { called }: Viewer): NonNullable<EmbargoOut['terms']> {
  const { version, startsAt, endsAt, proposedBy, policy, why } = terms
  return { version, startsAt: formatInstant(startsAt), endsAt: when(endsAt), by: called(proposedBy), policy, why: [...why] }
}

function proposalOut(proposal: EmbargoProposal, { called }: Viewer, own: ReadonlySet<string>): EmbargoOut['open'][number] {
  const { number, proposedBy, at, endsAt, policy, why, respondBy, answers } = proposal
  const mine = answers.find(({ participant }) => own.has(participant))?.answer
  return {
    number,
    by: called(proposedBy),
    at: formatInstant(at),
    endsAt: when(endsAt),
    policy,
    why: [...why],
    respondBy: formatInstant(respondBy),
    accepted: answers.filter(({ answer }) => answer === 'accept').length,
    declined: answers.filter(({ answer }) => answer === 'decline').length,
    yours: mine ?? (own.has(proposedBy) ? 'accept' : null),
  }
}

function embargoOut({ case: of, parties, dates }: SeenCase, viewer: Viewer): EmbargoOut {
  const { state, terms, open, ended } = of.embargo
  const own = new Set<string>(parties.map(({ id }) => id))
  const shown = new Set<string>(viewer.shown.map(({ id }) => id))
  return {
    state,
    terms: terms === null ? null : termsOut(terms, viewer),
    open: open.map((proposal) => proposalOut(proposal, viewer, own)),
    ended: ended === null ? null : { at: formatInstant(ended.at), why: ended.why },
    dates: dates.map(({ says, at, source, binds }) => ({ says, at: at === null ? null : when(instant(at)), source, binds })),
    duties: of.duties
      .filter(({ participant }) => shown.has(participant))
      .map(({ participant, duty, source, dueAt }) => {
        return { party: viewer.called(participant), duty, source, dueAt: formatInstant(dueAt) }
      }),
  }
}

function invitationOut({ invited, nameOf }: Viewer): CaseView['invitation'] {
  if (invited === null) return null
  const { to, what } = invited
  return {
    party: to.id,
    name: nameOf(to.id),
    kind: to.kind,
    version: what.terms,
    respondBy: when(what.respondBy),
    late: what.late,
  }
}

/** Before consent: the terms that are asked for, and nothing of who else said what. */
function offeredOut({ case: of }: SeenCase, viewer: Viewer): EmbargoOut {
  const offered = viewer.invited?.what.embargo ?? null
  const { state } = of.embargo
  const rest = { ended: null, dates: [], duties: [] }
  if (offered === null) return { state, terms: null, open: [], ...rest }
  if ('version' in offered) return { state, terms: termsOut(offered, viewer), open: [], ...rest }
  const bare = { ...offered, answers: [] }
  return { state, terms: null, open: [proposalOut(bare, viewer, new Set())], ...rest }
}

async function flawsOut(desk: CaseDesk, tx: Tx, seen: SeenCase, viewer: Viewer): Promise<CaseFlawOut[]> {
  const shown = seen.case.flaws.filter(({ flaw }) => seen.flaws.includes(flaw))
  const out: CaseFlawOut[] = []
  for (const flaw of shown) {
    const content = await flawContent(desk, tx, flaw.flaw)
    if (content === null) continue
    const judged = seen.severities.filter((one) => one.flaw === flaw.flaw)
    const voice = (id: string) => (id === seen.case.chair ? 'clearinghouse' : 'vendor')
    const severities = judged.map(({ vector, participant }) =>
      severityOut({ kind: cvssKind(vector), value: vector, by: null }, voice(participant), viewer.called(participant)),
    )
    out.push({ ...content, severities: [...content.severities, ...severities], ...openOut(seen, flaw) })
  }
  return out
}

function cvssKind(vector: string) {
  if (vector.startsWith('CVSS:4')) return 'cvss-4.0'
  return vector.startsWith('CVSS:3.1') ? 'cvss-3.1' : vector.startsWith('CVSS:3') ? 'cvss-3.0' : 'cvss-2'
}

/** Claims go to the coordinator and to whoever made them. */
function claimsOut({ case: of, coordinator, parties, texts }: SeenCase, { nameOf }: Viewer): CaseView['claims'] {
  const own = new Set<string>(parties.map(({ id }) => id))
  return of.claims
    .filter(({ participant }) => coordinator || own.has(participant))
    .map(({ participant, flaw, what, at, evidence }) => {
      const words = texts[evidence.replace('sha256:', '')] ?? evidence
      return { flaw, what, at: formatInstant(at), by: nameOf(participant), evidence: words }
    })
}

function openOut({ texts }: SeenCase, { cve, public: open, exploit, attacks }: CaseFlaw) {
  const noted = (one: Noted | null) =>
    one === null
      ? null
      : {
          at: formatInstant(one.at),
          notedAt: formatInstant(one.notedAt),
          evidence: texts[one.evidence.replace('sha256:', '')] ?? one.evidence,
        }
  return { cve, public: noted(open), exploit: noted(exploit), attacks: noted(attacks) }
}

function partyOut(seen: SeenCase, { nameOf }: Viewer, one: Participant, words: ReadonlyMap<string, number>): PartyOut {
  const { id, kind, tier, report, consent, invitedAt, respondBy, leftAt, works } = one
  const you = seen.parties.some((own) => own.id === id)
  return {
    id,
    name: nameOf(id),
    hides: one.hidden,
    kind,
    tier,
    report,
    consent,
    reads: seen.held.has(id) ? 'nothing' : readsOf(seen.case, one, seen.now),
    works: works.map((work) => ({
      flaw: work.flaw,
      step: work.step ?? 'vfd',
      deployed: work.deployed,
      status: statusOut(seen, work.status, true),
      stated: you ? statusOut(seen, work.stated, false) : null,
    })),
    invitedAt: formatInstant(invitedAt),
    respondBy: when(respondBy),
    lastWordAt: when(lastWord(one, words.get(id) ?? null)),
    leftAt: when(leftAt),
    you,
  }
}

function statusOut({ texts }: SeenCase, said: FlawWork['status'], approved: boolean): PartyOut['works'][number]['status'] {
  if (said === null) return null
  const { number, status, justification, digest, statedAt } = said
  const text = digest === null ? null : (texts[digest] ?? null)
  return { number, status, justification, text, at: formatInstant(statedAt), approved }
}

/** When a participant last said something, in the case itself or in writing; null: never. */
function lastWord({ admittedAt, works }: Participant, wrote: number | null): Instant | null {
  const all = works.flatMap(({ fixReadyAt, deployedAt, status, stated }) => [
    fixReadyAt,
    deployedAt,
    status?.statedAt ?? null,
    stated?.statedAt ?? null,
  ])
  return [admittedAt, wrote === null ? null : instant(wrote), ...all].reduce(
    (last, at) => (at !== null && (last === null || at > last) ? at : last),
    null,
  )
}

async function advisoryOf(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.db
    .selectFrom('advisory')
    .select('id')
    .where('case_id', '=', id)
    .orderBy('changed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
