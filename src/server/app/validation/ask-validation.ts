import type { z } from 'zod'
import type { StartValidation, ValidationRow } from '../../../contract/shapes/validation.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Id, newId, parseId } from '../../../core/kernel/id.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { sealJson } from '../../store/keys/seal.ts'
import { mayList } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { openQuestions } from '../flaws/open-questions.ts'
import { gatherEvidence, MOST_FINDINGS } from './gather-evidence.ts'
import { readTargets } from './list-targets.ts'
import { makeProof } from './make-proof.ts'
import { readValidationRow } from './read-validation.ts'
import { recordValidation } from './record-validation.ts'
import type { Place } from './stored-proof.ts'
import { openTargets } from './target-view.ts'
import type { ValidationDesk } from './validation-desk.ts'

type Wanted = z.infer<typeof StartValidation>
type Asked = Promise<Answer<Presented<ValidationRow>>>

/** Of one organisation waiting at once: more would only make a longer queue. */
const MOST_WAITING = 50
const CANDIDATES = 8

/** What is to be proved: of which findings, and who beside coordination may read what comes of it. */
interface Subject {
  readonly targetKey: Buffer
  readonly flaw: string | null
  readonly finding: string | null
  readonly own: readonly string[]
  readonly candidates: readonly string[]
  readonly readers: string | null
}

/** Asks for the proof of a flaw: all evidence of its findings, and for a matrix also of the flaws it may be the same as. */
export async function askFlawValidation(desk: ValidationDesk, who: Principal, text: string, wanted: Wanted): Asked {
  const id = parseId('flaw', text)
  if (id === null) return NOT_FOUND
  return await ask(desk, who, wanted, async (tx) => {
    // Of a flaw whoever asks sees everybody's evidence: only those who may ask for any flaw's proof.
    if (!permits(who, 'send', { noun: 'validation', stage: 'open', organisation: null, person: null, held: false })) return null
    const row = await tx.db
      .selectFrom('flaw')
      .select('target_key')
      .where('id', '=', id)
      .where('state', '=', 'open')
      .where(mayList(who, 'read', 'flaw', { stage: 'flaw.stage' }))
      .executeTakeFirst()
    if (row === undefined) return null
    const others = wanted.tasks.includes('matrix') ? (await openQuestions(tx, id)).slice(0, CANDIDATES) : []
    const own = await findingsOf(tx, [id])
    const candidates = await findingsOf(
      tx,
      others.map(({ other }) => other),
    )
    return { targetKey: row.target_key, flaw: id, finding: null, own, candidates, readers: null }
  })
}

/** Asks for the proof of one finding, with that finding's evidence and no other's: its sender may read what comes of it. */
export async function askFindingValidation(desk: ValidationDesk, who: Principal, text: string, wanted: Wanted): Asked {
  const id = parseId('finding', text)
  if (id === null) return NOT_FOUND
  return await ask(desk, who, wanted, async (tx) => {
    const row = await tx.db
      .selectFrom('finding')
      .leftJoin('member', (join) =>
        join.onRef('member.finding_id', '=', 'finding.id').onRef('member.target_key', '=', 'finding.target_key'),
      )
      .select(['finding.target_key', 'finding.organisation_id', 'member.flaw_id'])
      .where('finding.id', '=', id)
      .where(mayList(who, 'send', 'validation', { organisation: 'finding.organisation_id', stage: 'finding.stage' }))
      .executeTakeFirst()
    if (row === undefined) return null
    const subject = { finding: id, own: [id], candidates: [], readers: row.organisation_id }
    return { targetKey: row.target_key, flaw: row.flaw_id, ...subject }
  })
}

async function ask(
  desk: ValidationDesk,
  who: Principal,
  wanted: Wanted,
  subjectOf: (tx: Tx) => Promise<Subject | null>,
): Asked {
  const { organisation } = who
  const target = parseId('target', wanted.target)
  if (organisation === null) return NOT_FOUND
  const asked = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<Id<'validation'>>> => {
    const subject = await subjectOf(tx)
    const [row] = subject === null || target === null ? [] : await readTargets(tx, who, { id: target })
    const opened = row === undefined ? null : openTargets(desk.keys, [row])[0]
    if (subject === null || row === undefined || !opened) return NOT_FOUND
    if (opened.recipe === null) return denied('target.no-recipe', 'Say how it is built and run first.')
    if ((await waitingOf(tx, organisation)) >= MOST_WAITING)
      return denied('quota.exceeded', `${MOST_WAITING} validations of yours wait already; stop one, or let them run.`)
    const pieces = await gatherEvidence(desk, tx, [...subject.own, ...subject.candidates])
    const { kind, bytes, key_slot: slot, blob } = row
    const image = opened.recipe.image === null ? null : await imageOf(desk, tx, who, opened.recipe.image)
    if (opened.recipe.image !== null && image === null) return denied('validation.nothing-to-run', NO_IMAGE)
    const of = { kind, bytes, slot, blob, about: opened.about, recipe: opened.recipe, image }
    const made = makeProof(of, pieces, {
      tasks: [...new Set(wanted.tasks)],
      settings: stated(wanted.settings),
      own: new Set(subject.own),
    })
    if (!made.ok) return denied('validation.nothing-to-run', made.say)
    const id = newId('validation', desk.random)
    const [key] = await desk.keys.allocate(1)
    await tx.db
      .insertInto('validation')
      .values({
        target_key: subject.targetKey,
        id,
        version: 1,
        organisation_id: subject.readers,
        flaw_id: subject.flaw,
        finding_id: subject.finding,
        findings: [...subject.own, ...subject.candidates].slice(0, MOST_FINDINGS),
        target_id: row.id,
        tasks: [...made.stored.proof.tasks],
        floor: made.stored.proof.settings.floor,
        state: 'waiting',
        asked_by: organisation,
        person_id: who.person,
        coordination: isCoordination(who),
        asked_at: at(desk.clock()) as never,
        key_slot: key!.slot,
        proof: sealJson(key!.key, made.stored, `validation/${id}/proof`, desk.random),
      })
      .execute()
    await recordValidation(tx, 'validation', id, 1, 'validation-asked', desk.clock(), who)
    return done(id)
  })
  if (!asked.ok) return asked
  desk.ownRunner.wake()
  desk.bell.ring()
  desk.hub.publish({ name: 'flaw', organisation: null, body: { changed: 1 } })
  return await readValidationRow(desk, who, asked.value)
}

const NO_IMAGE = 'The image that the recipe names is not here: add that archive as a target, under any name.'

/** An image is an archive like any other: one that the asker may read, found by its digest. */
async function imageOf(desk: ValidationDesk, tx: Tx, who: Principal, digest: string): Promise<Place | null> {
  const rows = await readTargets(tx, who, null)
  const n = openTargets(desk.keys, rows).findIndex((one) => one?.about.digest === digest)
  const row = rows[n]
  if (row === undefined || row.blob === null) return null
  return { in: 'blob', slot: row.key_slot, blob: row.blob, from: 0, bytes: row.bytes }
}

/** Whether somebody asks for the clearinghouse, who chooses targets it stands by: only such runs count for others. */
function isCoordination(who: Principal): boolean {
  return permits(who, 'send', { noun: 'validation', stage: 'open', organisation: null, person: null, held: false })
}

function stated(settings: Wanted['settings']): Partial<Parameters<typeof makeProof>[2]['settings']> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

async function findingsOf(tx: Tx, flaws: readonly string[]): Promise<string[]> {
  if (flaws.length === 0) return []
  const rows = await tx.db
    .selectFrom('member')
    .innerJoin('finding', (join) =>
      join.onRef('finding.target_key', '=', 'member.target_key').onRef('finding.id', '=', 'member.finding_id'),
    )
    .select('finding.id')
    .where('member.flaw_id', 'in', flaws)
    .orderBy('finding.received_at')
    .orderBy('finding.id')
    .limit(MOST_FINDINGS)
    .execute()
  return rows.map(({ id }) => id)
}

async function waitingOf(tx: Tx, organisation: string): Promise<number> {
  const { n } = await tx.db
    .selectFrom('validation')
    .select((from) => from.fn.countAll<number>().as('n'))
    .where('state', '=', 'waiting')
    .where('asked_by', '=', organisation)
    .executeTakeFirstOrThrow()
  return Number(n)
}
