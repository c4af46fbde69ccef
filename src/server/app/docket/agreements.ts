import type { ActAgreement, AddAgreement, AgreementList, AgreementOut } from '../../../contract/shapes/docket.ts'
import { permits } from '../../../core/access/permits.ts'
import { presentAgreement, presentAgreements } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { AgreementEvent } from '../../../core/docket/agreement.ts'
import { decideAgreement, offerAgreement } from '../../../core/docket/decide-agreement.ts'
import type { Party } from '../../../core/docket/docket.ts'
import type { Asker } from '../../../core/docket/docket-command.ts'
import { evolveAgreement } from '../../../core/docket/evolve-agreement.ts'
import { ACCESS_POLICIES } from '../../../core/docket/policy.ts'
import { type Id, newId, parseId } from '../../../core/kernel/id.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { insertAgreement, selectAgreements, updateAgreement } from '../../store/docket-agreement.ts'
import { appendEvents } from '../../store/events.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type LoadedAgreement, loadAgreement, openAgreement, sealAgreement } from './agreement-rows.ts'
import { type DocketDesk, decidingNow } from './docket-desk.ts'
import { whenOrNull } from './docket-row.ts'
import { signedOut } from './docket-view.ts'
import { loadNames } from './names.ts'
import { textDigest } from './papers.ts'

/** Standing agreements that the person's organisation is a side of. */
export async function listAgreements(desk: DocketDesk, who: Principal): Promise<Answer<Presented<AgreementList>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const rows: AgreementOut[] = []
    for (const row of await selectAgreements(tx, organisation)) {
      const loaded = openAgreement(desk, row)
      const one = loaded === null ? null : await agreementOut(tx, who, loaded)
      if (one !== null) rows.push(one)
    }
    const shown = presentAgreements(who, { rows })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

async function agreementOut(tx: Tx, who: Principal, loaded: LoadedAgreement): Promise<Presented<AgreementOut> | null> {
  const { agreement, texts } = loaded
  const { developer, office, terms, state } = agreement
  const newest = terms.at(-1)!
  const people = terms.flatMap(({ signed }) => [signed.developer?.person ?? [], signed.office?.person ?? []].flat())
  const names = await loadNames(tx, people, [developer, office])
  const under = await tx.db
    .selectFrom('docket')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('agreement_id', '=', agreement.id)
    .executeTakeFirstOrThrow()
  const party = partyOf(who, agreement)
  const may = party === null || state === 'ended' ? [] : newest.signed[party] === null ? ['sign', 'end'] : ['end']
  return presentAgreement(who, agreement, {
    id: agreement.id,
    version: agreement.version,
    state,
    developer: names.organisations.get(developer) ?? developer,
    office: names.organisations.get(office) ?? office,
    text: texts[String(newest.version)] ?? '',
    digest: newest.digest,
    facts: newest.facts,
    contacts: [...agreement.contacts],
    endsAt: whenOrNull(agreement.endedAt ?? agreement.endsAt),
    signed: signedOut(newest.signed, (id) => ({ id, name: names.people.get(id) ?? null })),
    dockets: Number(under.n),
    may,
  })
}

/** The side for which a person speaks, by organisation and role. */
function partyOf(who: Principal, sides: { readonly developer: string; readonly office: string }): Party | null {
  if (who.organisation === sides.developer && who.roles.includes('developer')) return 'developer'
  return who.organisation === sides.office && who.roles.includes('officer') ? 'office' : null
}

/** Offers a standing agreement to the organisation on the other side; it binds nobody before both have signed. */
export async function addAgreement(
  desk: DocketDesk,
  who: Principal,
  given: AddAgreement,
): Promise<Answer<Presented<AgreementOut>>> {
  const { organisation, person } = who
  const subject = { noun: 'agreement' as const, stage: 'open' as const, organisation, person, held: false }
  if (organisation === null || person === null || !permits(who, 'send', subject)) return NOT_FOUND
  const other = parseId('organisation', given.other)
  const party: Party = who.roles.includes('officer') ? 'office' : 'developer'
  const endsAt = given.endsAt === null ? null : parseInstant(given.endsAt)
  if (endsAt === null && given.endsAt !== null)
    return denied('request.invalid', 'An instant with its zone, for example 2026-11-21T17:00:00Z.', 'endsAt')
  const [key] = await desk.keys.allocate(1)
  const answer = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<Presented<AgreementOut>>> => {
    const known = await tx.db.selectFrom('organisation').select('id').where('id', '=', given.other).executeTakeFirst()
    if (other === null || known === undefined) return denied('request.invalid', 'There is no organisation of that id.', 'other')
    const agreement = newId('agreement', desk.random)
    const sides = party === 'office' ? { developer: other, office: organisation } : { developer: organisation, office: other }
    const now = await decidingNow(desk, tx)
    const { facts, contacts } = given
    const asker: Asker = { kind: 'person', person, organisation, party }
    const digest = textDigest(given.text)
    const offer = { agreement, ...sides, digest, facts, contacts, endsAt, policy: ACCESS_POLICIES[0]!.id }
    const decision = offerAgreement(offer, asker, now)
    if (!decision.ok) return denied('docket.refused', decision.say, decision.code)
    const offered = decision.events.reduce(evolveAgreement, null as never)
    const body = { agreement: offered, texts: { '1': given.text } }
    await insertAgreement(tx, offered, key!.slot, sealAgreement(desk, key!.key, body))
    await tell(tx, agreement, 0, decision.events)
    return await shownOf(desk, tx, who, agreement)
  })
  if (!answer.ok) await desk.keys.erase([key!.slot])
  return answer
}

/** Signs the newest version of an agreement, or ends it; either side may end it at any time. */
export async function actAgreement(
  desk: DocketDesk,
  who: Principal,
  text: string,
  given: ActAgreement,
): Promise<Answer<Presented<AgreementOut>>> {
  const { person, organisation } = who
  if (person === null || organisation === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await loadAgreement(desk, tx, text, true)
    if (loaded === null) return NOT_FOUND
    const { agreement, key, texts } = loaded
    const party = partyOf(who, agreement)
    const subject = { noun: 'agreement' as const, stage: 'open' as const, organisation, person, held: false }
    if (party === null || !permits(who, 'decide', subject)) return NOT_FOUND
    if (given.version !== agreement.version) return denied('docket.changed', 'Load it again and decide on what you see then.')
    const now = await decidingNow(desk, tx)
    const asker: Asker = { kind: 'person', person, organisation, party }
    const command = given.do === 'end' ? ({ do: 'end' } as const) : ({ do: 'sign', digest: given.digest } as const)
    const decision = decideAgreement(agreement, command, asker, now, ACCESS_POLICIES[0]!.id)
    if (!decision.ok) return denied('docket.refused', decision.say, decision.code)
    const after = decision.events.reduce(evolveAgreement, agreement)
    await updateAgreement(tx, after, sealAgreement(desk, key, { agreement: after, texts }))
    await tell(tx, agreement.id, agreement.version, decision.events)
    return await shownOf(desk, tx, who, agreement.id)
  })
}

async function shownOf(desk: DocketDesk, tx: Tx, who: Principal, id: string): Promise<Answer<Presented<AgreementOut>>> {
  const loaded = await loadAgreement(desk, tx, id)
  const shown = loaded === null ? null : await agreementOut(tx, who, loaded)
  return shown === null ? NOT_FOUND : done(shown)
}

async function tell(tx: Tx, id: Id<'agreement'>, version: number, events: readonly AgreementEvent[]): Promise<void> {
  await appendEvents(
    tx,
    events.map(({ type, at, by }, n) => {
      const actor = by === null ? 'system:docket' : `person:${by}`
      return { aggregate: 'agreement' as const, aggregate_id: id, version: version + n + 1, type, at, actor, payload: {} }
    }),
  )
}
