import type { ValidationPage, ValidationRow } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentValidation } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Envelope } from '../../../core/validation/statement.ts'
import { inTransaction } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { findingOrder } from './finding-order.ts'
import { patchTexts } from './patch-texts.ts'
import { pieceNaming } from './piece-naming.ts'
import { readInput } from './read-input.ts'
import { resultView } from './result-view.ts'
import type { StoredProof, StoredResult } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'
import { type StoredValidation, selectValidations, validationRows } from './validation-rows.ts'
import type { Bytes } from './work-on-job.ts'

interface Opened {
  readonly stored: StoredValidation
  readonly kept: Kept | null
  readonly row: ValidationPage['row']
  readonly order: readonly string[]
}

/** One validation with its result, to those who may read it. */
export async function readValidation(
  desk: ValidationDesk,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ValidationPage>>> {
  const opened = await load(desk, who, text)
  if (opened === null) return NOT_FOUND
  const { stored, row, order, kept } = opened
  const page: ValidationPage = { row, log: stored.log !== null, result: null }
  if (kept?.result?.outcome) {
    const naming = pieceNaming(kept.proof.pieces, order)
    const diffs = await patchTexts(desk, kept.proof)
    page.result = resultView(kept.result, kept.result.outcome, naming, diffs, stored.runner_name ?? '')
  }
  const view = presentValidation(who, stored.organisation_id, page)
  return view === null ? NOT_FOUND : done(view)
}

/** The line of one validation, as an answer to whoever asked for it or stopped it. */
export async function readValidationRow(
  desk: ValidationDesk,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ValidationRow>>> {
  const opened = await load(desk, who, text)
  const view = opened === null ? null : presentValidation(who, opened.stored.organisation_id, opened.row)
  return view === null ? NOT_FOUND : done(view)
}

/** The log of all its runs as it came: hostile text, to be shown inert. */
export async function readValidationLog(desk: ValidationDesk, who: Principal, text: string): Promise<Answer<Presented<Bytes>>> {
  const opened = await load(desk, who, text)
  if (opened === null || opened.stored.log === null) return NOT_FOUND
  const { stored } = opened
  return await bytesOf(desk, who, stored, stored.log!, `${stored.id}.log.txt`, 'text/plain; charset=utf-8')
}

/** Something that was made on the way, by its digest: a smaller input, for example. */
export async function readProduct(
  desk: ValidationDesk,
  who: Principal,
  text: string,
  digest: string,
): Promise<Answer<Presented<Bytes>>> {
  const opened = await load(desk, who, text)
  const product = opened?.kept?.result?.products.find((one) => one.digest === digest)
  if (opened === null || product === undefined) return NOT_FOUND
  return await bytesOf(desk, who, opened.stored, product.blob, `${digest.slice(7, 23)}.bin`, 'application/octet-stream')
}

/** The signed statement, as the runner gave it. */
export async function readStatement(desk: ValidationDesk, who: Principal, text: string): Promise<Answer<Presented<Envelope>>> {
  const opened = await load(desk, who, text)
  const envelope = opened?.kept?.result?.envelope ?? null
  const view = opened === null || envelope === null ? null : presentValidation(who, opened.stored.organisation_id, envelope)
  return view === null ? NOT_FOUND : done(view)
}

async function load(desk: ValidationDesk, who: Principal, text: string): Promise<Opened | null> {
  const id = parseId('validation', text)
  if (id === null) return null
  return await inTransaction(desk.store, scopeFor(who, 'read', 'validation'), async (tx) => {
    const stored = await selectValidations(tx, who, 'read').where('validation.id', '=', id).executeTakeFirst()
    if (stored === undefined) return null
    const [row] = await validationRows(desk, tx, who, [stored])
    const sealed = await tx.db
      .selectFrom('validation')
      .select(['proof', 'result'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const kept = open(desk, stored, sealed)
    return {
      stored,
      kept,
      row: row!,
      order: stored.finding_id === null ? await findingOrder(tx, stored.findings) : stored.findings,
    }
  })
}

interface Kept {
  readonly proof: StoredProof
  readonly result: StoredResult | null
}

/** Proof and result opened; null once the key was erased. */
function open(desk: ValidationDesk, row: StoredValidation, sealed: { proof: Buffer; result: Buffer | null }): Kept | null {
  const [key] = desk.keys.get([row.key_slot])
  if (!key) return null
  const { proof, result } = sealed
  return {
    proof: openJson<StoredProof>(key, proof, `validation/${row.id}/proof`),
    result: result === null ? null : openJson<StoredResult>(key, result, `validation/${row.id}/result`),
  }
}

async function bytesOf(
  desk: ValidationDesk,
  who: Principal,
  { key_slot: slot, organisation_id }: StoredValidation,
  blob: string,
  name: string,
  mediaType: string,
): Promise<Answer<Presented<Bytes>>> {
  const bytes = await readInput(desk, { in: 'blob', slot, blob, from: 0, bytes: Number.MAX_SAFE_INTEGER })
  const view = bytes === null ? null : presentValidation(who, organisation_id, { bytes, mediaType, name })
  return view === null ? NOT_FOUND : done(view)
}
