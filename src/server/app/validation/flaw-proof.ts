import { sql } from 'kysely'
import type { EvidenceOut, FlawProof, ReproducerOut } from '../../../contract/shapes/validation.ts'
import { presentFlaw } from '../../../core/access/present/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentTarget } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { findingOrder } from './finding-order.ts'
import { gatherEvidence, MOST_FINDINGS, type Piece } from './gather-evidence.ts'
import { readTargets } from './list-targets.ts'
import { newestAnswers, type PastResult } from './newest-answers.ts'
import { patchTexts } from './patch-texts.ts'
import { pieceNaming } from './piece-naming.ts'
import { productKey } from './product-key.ts'
import { patchView, reproducerView } from './result-view.ts'
import { sandboxState } from './sandbox-state.ts'
import type { PieceName, StoredProof, StoredResult } from './stored-proof.ts'
import { targetViews } from './target-view.ts'
import type { ValidationDesk } from './validation-desk.ts'
import { selectValidations, validationRows } from './validation-rows.ts'

const SHOWN = 50

/** What is proved of a flaw: over all validations of its findings the newest answer to each question, and what could be run now. */
export async function readFlawProof(desk: ValidationDesk, who: Principal, text: string): Promise<Answer<Presented<FlawProof>>> {
  const id = parseId('flaw', text)
  if (id === null) return NOT_FOUND
  desk.ownRunner.wake()
  const read = await inTransaction(desk.store, scopeFor(who, 'read', 'flaw'), async (tx) => {
    const flaw = await tx.db
      .selectFrom('flaw')
      .select(['target_key'])
      .where('id', '=', id)
      .where(mayList(who, 'read', 'flaw', { stage: 'flaw.stage' }))
      .executeTakeFirst()
    return flaw === undefined ? null : await readProof(desk, tx, who, id, flaw.target_key)
  })
  const view = read === null ? null : presentFlaw(who, await viewProof(desk, read))
  return view === null ? NOT_FOUND : done(view)
}

type Read = Awaited<ReturnType<typeof readProof>>

async function readProof(desk: ValidationDesk, tx: Tx, who: Principal, flaw: string, product: Buffer) {
  const own = await membersOf(tx, flaw)
  const validations = await selectValidations(tx, who, 'list')
    .where(sql<boolean>`validation.findings && ${own}::text[]`)
    .orderBy('validation.asked_at', 'desc')
    .orderBy('validation.id', 'desc')
    .limit(SHOWN)
    .execute()
  const past = await pastResults(
    desk,
    tx,
    validations.filter(({ state }) => state === 'done').map(({ id }) => id),
  )
  const others = await findingOrder(tx, [...new Set(past.flatMap(({ proof }) => proof.pieces.map(({ finding }) => finding)))])
  const order = [...new Set([...own, ...others])]
  const targets = await readTargets(tx, who, { products: [product, productKey(desk.macs, null)!] })
  return {
    who,
    own,
    order,
    past,
    pieces: await gatherEvidence(desk, tx, order.slice(0, MOST_FINDINGS)),
    rows: await validationRows(desk, tx, who, validations),
    targets: targetViews(desk.keys, targets).flatMap((view, n) => presentTarget(who, targets[n]!.organisation_id, view) ?? []),
    sandbox: await sandboxState(tx, desk.ownRunner, desk.clock()),
    flaws: await flawsOf(tx, order),
    met: await metBy(tx, own),
  }
}

async function viewProof(desk: ValidationDesk, read: Read): Promise<FlawProof> {
  const { past, pieces, order, own } = read
  const known = new Map<string, PieceName>(past.flatMap(({ proof }) => proof.pieces.map((piece) => [piece.id, piece] as const)))
  for (const piece of pieces) known.set(piece.id, piece)
  const naming = pieceNaming([...known.values()], order)
  const newest = newestAnswers(past)
  const diffs = new Map<string, string | null>()
  for (const { proof } of [...past].reverse()) for (const [id, diff] of await patchTexts(desk, proof)) diffs.set(id, diff)
  const reproducers = newest.reproducers.map(({ of, validation }) => ({ ...reproducerView(of, naming), validation }))
  const ownFlaw = own.length === 0 ? null : (read.flaws.get(own[0]!) ?? null)
  const flawOf = (piece: string) => read.flaws.get(known.get(piece)?.finding ?? '') ?? null
  return {
    targets: read.targets,
    evidence: pieces.map((piece) => evidenceView(piece, naming.letter(piece.id), read.who)),
    validations: read.rows,
    reproducers,
    patches: newest.patches.map(({ of, validation }) => ({
      ...patchView(of, naming, diffs.get(of.patch) ?? null),
      validation,
    })),
    columns: [
      ...(reproducers.length > 0 ? [{ id: 'base', say: 'As it is', kind: 'base' as const }] : []),
      ...(reproducers.some(({ controls }) => controls.length > 0)
        ? [{ id: 'benign', say: 'Benign input', kind: 'benign' as const }]
        : []),
      ...newest.patches.map(({ of }) => ({
        id: of.patch,
        say: `${naming.letter(of.patch)}: ${naming.name(of.patch)}`,
        kind: 'patch' as const,
      })),
    ],
    cells: [
      ...reproducers.flatMap(ownCells),
      ...newest.cells.map(({ of, validation, disagrees }) => ({ ...of, say: naming.words(of.say), validation, disagrees })),
    ],
    relations: newest.relations.map(({ of, validation }) => {
      const [a, b] = [flawOf(of.a), flawOf(of.b)]
      return { ...of, say: naming.words(of.say), validation, otherFlaw: a !== ownFlaw ? a : b !== ownFlaw ? b : null }
    }),
    sandbox: read.sandbox,
    proofMet: read.met,
  }
}

/** The first two columns of the grid: the target as it is, and what must not fire on it. */
function ownCells(one: ReproducerOut & { readonly validation: string }): FlawProof['cells'] {
  const { reproducer, validation, fired, of, say } = one
  const cell = { reproducer, validation, disagrees: false }
  const ran = one.controls.filter(({ outcome }) => outcome !== 'not-run')
  const bad = ran.filter(({ outcome }) => outcome === 'fired').length
  return [
    {
      ...cell,
      patch: 'base',
      fired,
      of,
      say,
      outcome: of === 0 ? 'no-answer' : fired === of ? 'fires' : fired > 0 ? 'sometimes' : 'silent',
    },
    ...(ran.length === 0
      ? []
      : [
          {
            ...cell,
            patch: 'benign',
            fired: bad,
            of: ran.length,
            say: bad === 0 ? 'No control fired.' : `${bad} of ${ran.length} controls fired.`,
            outcome: bad === 0 ? ('silent' as const) : ('fires' as const),
          },
        ]),
  ]
}

function evidenceView(piece: Piece, letter: string, who: Principal): EvidenceOut {
  const { id, kind, name, bytes, digest, harness, finding, organisation } = piece
  return { id, letter, kind, name, bytes, digest, harness, finding, mine: organisation === who.organisation }
}

async function membersOf(tx: Tx, flaw: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('member').select('finding_id').where('flaw_id', '=', flaw).limit(1000).execute()
  return await findingOrder(
    tx,
    rows.map(({ finding_id }) => finding_id),
  )
}

async function flawsOf(tx: Tx, findings: readonly string[]): Promise<Map<string, string>> {
  if (findings.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('member')
    .select(['finding_id', 'flaw_id'])
    .where('finding_id', 'in', [...findings])
    .execute()
  return new Map(rows.map((row) => [row.finding_id, row.flaw_id]))
}

async function metBy(tx: Tx, findings: readonly string[]): Promise<boolean> {
  if (findings.length === 0) return false
  const row = await tx.db
    .selectFrom('finding')
    .select('id')
    .where('id', 'in', [...findings])
    .where('proof', '=', 'confirmed')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Results opened, the newest first; what was erased is left out. */
async function pastResults(desk: ValidationDesk, tx: Tx, ids: readonly string[]): Promise<PastResult[]> {
  if (ids.length === 0) return []
  const rows = await tx.db
    .selectFrom('validation')
    .select(['id', 'key_slot', 'proof', 'result'])
    .where('id', 'in', [...ids])
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    const [key] = row === undefined ? [] : desk.keys.get([row.key_slot])
    if (row === undefined || !key || row.result === null) return []
    const { outcome } = openJson<StoredResult>(key, row.result, `validation/${id}/result`)
    const proof = openJson<StoredProof>(key, row.proof, `validation/${id}/proof`)
    return outcome === null ? [] : [{ validation: id, outcome, proof }]
  })
}
