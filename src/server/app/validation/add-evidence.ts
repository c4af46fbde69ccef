import { createHash } from 'node:crypto'
import { EVIDENCE_KINDS, type EvidenceOut } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentEvidence } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { sealJson } from '../../store/keys/seal.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { parseLengths, parseOracle } from './oracle-text.ts'
import { putStream } from './put-stream.ts'
import type { EvidenceAbout } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

export interface WantedEvidence {
  readonly kind: string
  readonly name: string
  /** Null: the target's only harness. */
  readonly harness: string | null
  /** As `parseOracle` reads it. */
  readonly fires: string | null
  /** As `parseLengths` reads it: for a server, the body is that many requests, one after the other. */
  readonly requests: string | null
}

const LARGEST = 32 << 20
/** Of one finding: more is no evidence but a disk to fill. */
const MOST = 100

/** Adds a reproducer, a patch or a benign sample to a finding, sealed under the finding's key: what erases one erases the other. */
export async function addEvidence(
  desk: ValidationDesk,
  who: Principal,
  text: string,
  wanted: WantedEvidence,
  source: AsyncIterable<Uint8Array> | null,
): Promise<Answer<Presented<EvidenceOut>>> {
  const finding = parseId('finding', text)
  if (finding === null) return NOT_FOUND
  const row = await inTransaction(desk.store, scopeFor(who, 'write', 'evidence'), async ({ db }) =>
    db
      .selectFrom('finding')
      .select(['target_key', 'organisation_id', 'key_slot'])
      .select((from) =>
        from
          .selectFrom('evidence')
          .select((of) => of.fn.countAll<number>().as('n'))
          .where('finding_id', '=', finding)
          .as('held'),
      )
      .where('id', '=', finding)
      .where(mayList(who, 'write', 'evidence', { organisation: 'finding.organisation_id', stage: 'finding.stage' }))
      .executeTakeFirst(),
  )
  if (row === undefined) return NOT_FOUND
  const [key] = desk.keys.get([row.key_slot])
  if (!key) return NOT_FOUND
  const kind = EVIDENCE_KINDS.find((one) => one === wanted.kind)
  if (kind === undefined) return denied('request.invalid', `Evidence is a ${EVIDENCE_KINDS.join(', a ')}.`, 'kind')
  const fires = parseOracle(wanted.fires)
  if (fires === undefined)
    return denied('request.invalid', 'crash, exit:CODE, output:WORDS, or file:PATH below /work, /out or /tmp.', 'fires')
  const lengths = parseLengths(wanted.requests)
  if (lengths === undefined) return denied('request.invalid', 'Lengths in bytes, as 120,340; at most 100.', 'requests')
  if (source === null) return denied('request.invalid', 'The request has no body: send the file itself.')
  if (Number(row.held) >= MOST) return denied('quota.exceeded', `A finding has at most ${MOST} pieces of evidence.`)
  const cutter = lengths === null ? null : cutInto(lengths)
  const put = await putStream(desk, { slot: row.key_slot, key }, cutter === null ? source : cutter.pass(source), LARGEST)
  if (!put.ok) return put
  const requests = cutter?.parts() ?? null
  if (cutter !== null && requests === null)
    return denied('request.invalid', 'The lengths together are not the length of the body.', 'requests')
  const id = newId('evidence', desk.random)
  const { blob, bytes, digest } = put.value
  const name = wanted.name.trim() || kind
  const about: EvidenceAbout = { name, digest, harness: wanted.harness, fires, requests }
  await inTransaction(desk.store, scopeFor(who, 'write', 'evidence'), async ({ db }) => {
    await db
      .insertInto('evidence')
      .values({
        target_key: row.target_key,
        id,
        finding_id: finding,
        organisation_id: row.organisation_id,
        kind,
        key_slot: row.key_slot,
        about: sealJson(key, about, `evidence/${id}/about`, desk.random),
        blob,
        bytes,
        created_at: at(desk.clock()) as never,
      })
      .execute()
  })
  desk.hub.publish({ name: 'flaw', organisation: null, body: { changed: 1 } })
  const mine = row.organisation_id === who.organisation
  const view: EvidenceOut = { id, letter: 'A', kind, name, bytes, digest, harness: wanted.harness, finding, mine }
  const shown = presentEvidence(who, row.organisation_id, view)
  return shown === null ? NOT_FOUND : done(shown)
}

/** Digests a stream in parts of the given lengths while it passes; `parts` is null where the lengths were not all of it. */
function cutInto(lengths: readonly number[]) {
  const parts: { digest: string; bytes: number }[] = []
  let hash = createHash('sha256')
  let left = lengths[0] ?? 0
  let over = false
  return {
    async *pass(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of source) {
        yield piece
        for (let from = 0; from < piece.length; ) {
          if (left === 0) {
            over = true
            break
          }
          const part = piece.subarray(from, from + left)
          hash.update(part)
          from += part.length
          left -= part.length
          if (left > 0) continue
          parts.push({ digest: `sha256:${hash.digest('hex')}`, bytes: lengths[parts.length]! })
          hash = createHash('sha256')
          left = lengths[parts.length] ?? 0
        }
      }
    },
    parts: () => (over || parts.length < lengths.length ? null : parts),
  }
}
