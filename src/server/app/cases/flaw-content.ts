import { sql } from 'kysely'
import type { CaseFlawOut } from '../../../contract/shapes/case.ts'
import type { Finding } from '../../../core/findings/finding.ts'
import type { Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import type { ProofState } from '../../store/tables.ts'
import { readBody } from '../findings/body.ts'
import { priorityOf, severityOut } from '../flaws/flaw-view.ts'
import { findingOrder } from '../validation/finding-order.ts'
import { gatherEvidence, MOST_FINDINGS, type Piece } from '../validation/gather-evidence.ts'
import { newestAnswers, type PastResult } from '../validation/newest-answers.ts'
import { pieceNaming } from '../validation/piece-naming.ts'
import type { StoredProof, StoredResult } from '../validation/stored-proof.ts'
import type { CaseDesk } from './case-desk.ts'

/** What a case shows of a flaw's own content; the rest of `CaseFlawOut` stands in the case itself. */
export type FlawContent = Omit<CaseFlawOut, 'cve' | 'public' | 'exploit' | 'attacks'>

/** Findings whose words are read for one flaw, and validations whose results are. */
const MOST_READ = 10
const MOST_RESULTS = 20
const LONGEST = 20_000

/** A flaw's content from its findings, read with the keys of the flaw itself; who found it is a number. Null: there is no such flaw. */
export async function flawContent(desk: CaseDesk, tx: Tx, id: string): Promise<FlawContent | null> {
  const flaw = await tx.db
    .selectFrom('flaw')
    .select(['id', 'priority', 'finders', 'proof'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (flaw === undefined) return null
  const own = await findingsOf(tx, id)
  const findings = await openFindings(desk, tx, own.slice(0, MOST_READ))
  const pieces = await gatherEvidence(desk, tx, own.slice(0, MOST_FINDINGS))
  const said = await verdictsOf(desk, tx, own, pieces)
  const lead = findings[0] ?? null
  const distinct = (all: readonly string[]) => [...new Set(all)]
  return {
    id,
    title: lead?.title ?? 'Erased under its terms',
    summary: lead?.text.slice(0, LONGEST) ?? '',
    target: lead?.target?.purl ?? lead?.target?.repository ?? null,
    versions: distinct(findings.flatMap(({ target }) => target?.version ?? [])).join(', ') || null,
    weaknesses: distinct(findings.flatMap(({ weaknesses }) => weaknesses)),
    priority: priorityOf(flaw.priority),
    // Whoever stated it goes without a name here, also where a report names somebody.
    severities: findings.flatMap(({ severities }) =>
      severities.map((claim) => severityOut({ ...claim, by: null }, 'finder', 'finder')),
    ),
    proof: PROOF[flaw.proof],
    reproducers: pieces
      .filter(({ kind }) => kind === 'reproducer')
      .map(({ id: piece, name, bytes }) => ({ id: piece, name, bytes })),
    patches: pieces
      .filter(({ kind }) => kind === 'patch')
      .map(({ id: piece, name }) => ({ id: piece, name, says: said.get(piece) ?? 'Proposed; nobody has run it here.' })),
    finders: flaw.finders,
  }
}

const PROOF: Readonly<Record<ProofState, string>> = {
  confirmed: 'A reproducer was run here and showed it.',
  'not-reproduced': 'A reproducer was run here and did not show it.',
  'not-run': 'Nothing was run here yet.',
}

/** One piece of evidence of those flaws; null where there is none of that id and kind. */
export async function pieceOf(
  desk: CaseDesk,
  tx: Tx,
  flaws: readonly string[],
  kind: Piece['kind'],
  id: string,
): Promise<Piece | null> {
  for (const flaw of flaws) {
    const pieces = await gatherEvidence(desk, tx, (await findingsOf(tx, flaw)).slice(0, MOST_FINDINGS))
    const found = pieces.find((piece) => piece.id === id && piece.kind === kind)
    if (found !== undefined) return found
  }
  return null
}

async function findingsOf(tx: Tx, flaw: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('member').select('finding_id').where('flaw_id', '=', flaw).limit(1000).execute()
  return await findingOrder(
    tx,
    rows.map(({ finding_id }) => finding_id),
  )
}

async function openFindings(desk: CaseDesk, tx: Tx, ids: readonly string[]): Promise<Finding[]> {
  if (ids.length === 0) return []
  const rows = await tx.db
    .selectFrom('finding')
    .select(['id', 'key_slot', 'body'])
    .where('id', 'in', [...ids])
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const found: Finding[] = []
  for (const id of ids) {
    const row = byId.get(id)
    const [key] = row === undefined ? [] : desk.keys.get([row.key_slot])
    if (row !== undefined && key) found.push((await readBody(desk, { slot: row.key_slot, key }, row.id, row.body)).finding)
  }
  return found
}

/** What the newest runs came to, per patch, in words. */
async function verdictsOf(
  desk: CaseDesk,
  tx: Tx,
  own: readonly string[],
  pieces: readonly Piece[],
): Promise<Map<string, string>> {
  if (own.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('validation')
    .select(['id', 'key_slot', 'proof', 'result'])
    .where(sql<boolean>`validation.findings && ${[...own]}::text[]`)
    .where('state', '=', 'done')
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_RESULTS)
    .execute()
  const past = rows.flatMap(({ id, key_slot, proof, result }): PastResult[] => {
    const [key] = desk.keys.get([key_slot])
    if (!key || result === null) return []
    const { outcome } = openJson<StoredResult>(key, result, `validation/${id}/result`)
    return outcome === null
      ? []
      : [{ validation: id, outcome, proof: openJson<StoredProof>(key, proof, `validation/${id}/proof`) }]
  })
  const naming = pieceNaming(pieces, own)
  return new Map(newestAnswers(past).patches.map(({ of }) => [of.patch, naming.names(of.say)]))
}
