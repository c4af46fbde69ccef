import type { ClaimOut, MakeClaim } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentClaim } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Id, newId } from '../../../core/kernel/id.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { type Claim, evolveClaim } from '../../../core/scans/claim.ts'
import { isWhole, makeClaim as judge } from '../../../core/scans/make-claim.ts'
import type { ScanKnowledge } from '../../../core/scans/overlap.ts'
import { no } from '../../../core/scans/scan-refusal.ts'
import { placeText, readTarget, type ScanTarget } from '../../../core/scans/scan-target.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { claimOf, countScan, insertClaim, lockClaims, standingOf } from '../../store/scan-claim.ts'
import { insertOverlaps } from '../../store/scan-overlap.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { openClaim, sealClaim } from './claim-body.ts'
import type { OpenClaim } from './claim-book.ts'
import { claimView, claimViews, type Told } from './claim-view.ts'
import { optOutsOf } from './opt-out-rows.ts'
import { recordScan } from './record-scan.ts'
import { scanDenied } from './scan-denied.ts'
import type { ScanDesk } from './scan-desk.ts'
import { WEAKNESSES } from './weakness-tree.ts'

export interface Wanted {
  readonly target: ScanTarget
  readonly days: number
  readonly reach: string | null
  readonly consent: string | null
  readonly key: string | null
  readonly request: string | null
}

export interface Made {
  readonly claim: Presented<ClaimOut>
  /** The same key came before: this is the claim it made then. */
  readonly repeated: boolean
}

/** Makes a claim for the caller's organisation and tells both sides of every overlap that there is one, and whom to ask. */
export async function makeClaim(desk: ScanDesk, who: Principal, given: MakeClaim): Promise<Answer<Made>> {
  const read = readTarget(given, WEAKNESSES)
  if (!read.ok) return scanDenied(read)
  const { days, reach, consent, key } = given
  return await claimTarget(desk, who, { target: read.target, days, reach, consent, key, request: null })
}

/** The same for a target that was read. `also` runs in the transaction that made the claim. */
export async function claimTarget(
  desk: ScanDesk,
  who: Principal,
  wanted: Wanted,
  also: (tx: Tx) => Promise<void> = async () => {},
): Promise<Answer<Made>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  let sealing: DataKey | null = null
  let kept = false
  try {
    const answer = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<Made>> => {
      kept = false
      const turn = await prepare(desk, tx, who, organisation, wanted)
      if (turn.repeated !== null) return turn.repeated
      // Once before anything is written, so that what is refused costs no key; once more where nobody else decides meanwhile.
      const first = await turn.decide()
      if (!first.ok) return scanDenied(first)
      sealing ??= (await desk.keys.allocate(1))[0]!
      await lockClaims(tx)
      const decision = await turn.decide()
      if (!decision.ok) return scanDenied(decision)
      const claim = decision.events.reduce(evolveClaim, null as unknown as Claim)
      const { digests, known, optOuts } = turn
      const told = await store(desk, tx, who, { claim, wanted, key: sealing, digests, known })
      await also(tx)
      kept = true
      const view = presentClaim(who, organisation, claimView(claim, wanted.request, optOuts, told))
      return view === null ? NOT_FOUND : done({ claim: view, repeated: false })
    })
    return answer
  } finally {
    if (sealing !== null && !kept) await desk.keys.erase([(sealing as DataKey).slot])
  }
}

interface Digests {
  readonly place: Buffer
  readonly key: Buffer | null
}

async function prepare(desk: ScanDesk, tx: Tx, who: Principal, organisation: Id<'organisation'>, wanted: Wanted) {
  const now = desk.clock()
  const digests: Digests = {
    place: short(desk.placeMac(Buffer.from(placeText(wanted.target)))),
    key: wanted.key === null ? null : short(desk.keyMac(Buffer.from(wanted.key))),
  }
  const namesOf = await desk.names.load(tx)
  const known: ScanKnowledge = { tree: WEAKNESSES, namesOf, commitOrder: () => null }
  const before = digests.key === null ? undefined : await claimOf(tx, organisation, { keyDigest: digests.key })
  const same = before?.place_key.equals(digests.place) ?? false
  const repeated =
    before === undefined ? null : same ? await shown(desk, tx, who, before.id, true) : scanDenied(no('claim.key-used'))
  const optOuts = repeated === null ? await optOutsOf(tx, namesOf(wanted.target.name)) : []
  const claim = newId('claim', desk.random)
  const decide = async () => {
    const standing = await standingOf(tx, organisation, dayOf(now), digests.place)
    return judge({ ...wanted, claim, organisation }, { optOuts, standing, quota: desk.quota }, now)
  }
  return { digests, known, optOuts, repeated, decide }
}

/** Writes the claim and what both sides are told; under the lock. Answers what this side is. */
async function store(
  desk: ScanDesk,
  tx: Tx,
  who: Principal,
  made: { claim: Claim; wanted: Wanted; key: DataKey; digests: Digests; known: ScanKnowledge },
): Promise<readonly Told[]> {
  const { claim, wanted, key, digests, known } = made
  const { target, reach, consent, request } = wanted
  await desk.book.catchUp(tx, claim.madeAt)
  const others = desk.book
    .overlapping(target, known, claim.madeAt)
    .filter(({ organisation }) => organisation !== claim.organisation)
  await insertClaim(tx, claim, {
    person: who.person,
    keySlot: key.slot,
    body: sealClaim(desk, key.key, claim.id, { target, reach, consent }),
    placeKey: digests.place,
    keyDigest: digests.key,
    whole: isWhole(target),
    request,
  })
  const notes = others.flatMap(({ id, organisation: theirs }) => [
    note(desk, claim.id, id, claim.organisation, theirs),
    note(desk, id, claim.id, theirs, claim.organisation),
  ])
  await insertOverlaps(tx, notes, claim.madeAt)
  await countScan(tx, claim.organisation, dayOf(claim.madeAt), { claims: 1, overlapped: others.length > 0 ? 1 : 0 })
  await recordScan(tx, 'claim', claim, 'claim-made', claim.madeAt, who)
  return toldOnce(desk, claim, others)
}

/** Each other organisation once, by contact; its words are those of its first claim by id, as the records give them. */
function toldOnce(desk: ScanDesk, claim: Claim, others: readonly OpenClaim[]): readonly Told[] {
  const told = new Map<string, Told>()
  for (const { organisation, reach } of others.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const contact = desk.contact(claim.organisation, organisation)
    if (!told.has(contact)) told.set(contact, { contact, reach, at: claim.madeAt })
  }
  return [...told.values()].toSorted((a, b) => (a.contact < b.contact ? -1 : 1))
}

function note(desk: ScanDesk, claim: string, other: string, organisation: string, otherOrganisation: string) {
  return { claim, other, organisation, otherOrganisation, contact: desk.contact(organisation, otherOrganisation) }
}

/** A claim as its organisation reads it. */
export async function shown(desk: ScanDesk, tx: Tx, who: Principal, id: string, repeated: boolean): Promise<Answer<Made>> {
  const organisation = who.organisation ?? ''
  const row = await claimOf(tx, organisation, { id })
  const loaded = row === undefined ? null : openClaim(desk, row)
  const [view] = loaded === null ? [] : await claimViews(desk, tx, organisation, [loaded])
  const claim = view === undefined ? null : presentClaim(who, organisation, view)
  return claim === null ? NOT_FOUND : done({ claim, repeated })
}

/** The day in UTC by which quotas count. */
export function dayOf(now: Instant): string {
  return formatInstant(now).slice(0, 10)
}

function short(digest: Uint8Array): Buffer {
  return Buffer.from(digest.subarray(0, 16))
}
