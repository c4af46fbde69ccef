import { createHash } from 'node:crypto'
import type { Evidence, Finding } from '../../../core/findings/finding.ts'
import { projectFrames } from '../../../core/findings/frames/project-frames.ts'
import type { Claim, Oracle } from '../../../core/validation/proof.ts'
import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { readBody } from '../findings/body.ts'
import type { EvidenceAbout, PieceName, Place } from './stored-proof.ts'

/** One piece of evidence of a finding, wherever it came from: in the report itself, or added to it later. */
export interface Piece extends PieceName {
  readonly organisation: string
  readonly bytes: number
  /** `sha256:` and hex. */
  readonly digest: string
  readonly harness: string | null
  readonly fires: Oracle | null
  readonly requests: EvidenceAbout['requests']
  /** What the finding claims happens. */
  readonly claim: Claim
  readonly place: Place
}

/** Findings at most whose evidence is looked at together. */
export const MOST_FINDINGS = 40
const NOTHING: Claim = { tool: null, kind: null, symbol: null, path: null, cwe: null }

/** All evidence of these findings, in their order, and as it came. What was erased is left out. */
export async function gatherEvidence(
  ground: Pick<Ground, 'keys' | 'blobs'>,
  tx: Tx,
  findings: readonly string[],
): Promise<Piece[]> {
  const wanted = findings.slice(0, MOST_FINDINGS)
  if (wanted.length === 0) return []
  const rows = await tx.db
    .selectFrom('finding')
    .select(['id', 'organisation_id', 'key_slot', 'body'])
    .where('id', 'in', wanted)
    .execute()
  const added = await tx.db
    .selectFrom('evidence')
    .select(['id', 'finding_id', 'kind', 'about', 'blob', 'bytes', 'key_slot'])
    .where('finding_id', 'in', wanted)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const keys = ground.keys.get(rows.map((row) => row.key_slot))
  const pieces = new Map<string, Piece[]>()
  for (const [n, row] of rows.entries()) {
    const key = keys[n]
    if (!key) continue
    const { finding } = await readBody(ground, { slot: row.key_slot, key }, row.id, row.body)
    const claim = claimOf(finding)
    const own = { finding: row.id, organisation: row.organisation_id, claim }
    pieces.set(row.id, [
      ...finding.evidence.flatMap((one, at) => fromBody(own, one, at) ?? []),
      ...added
        .filter((one) => one.finding_id === row.id)
        .map((one): Piece => {
          const { name, digest, harness, fires, requests } = openJson<EvidenceAbout>(key, one.about, `evidence/${one.id}/about`)
          const place: Place = { in: 'blob', slot: one.key_slot, blob: one.blob, from: 0, bytes: one.bytes }
          return { ...own, id: one.id, kind: one.kind, name, digest, bytes: one.bytes, harness, fires, requests, place }
        }),
    ])
  }
  return wanted.flatMap((finding) => pieces.get(finding) ?? [])
}

function fromBody(own: Pick<Piece, 'finding' | 'organisation' | 'claim'>, one: Evidence, n: number): Piece | null {
  if (one.kind !== 'reproducer' && one.kind !== 'patch') return null
  const bytes = evidenceBytes(one)
  return {
    ...own,
    id: `${own.finding}-${n + 1}`,
    kind: one.kind,
    name: one.name,
    bytes: bytes.length,
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    harness: null,
    fires: null,
    requests: null,
    place: { in: 'body', finding: own.finding, n },
  }
}

/** The bytes of evidence that came inside a report. */
export function evidenceBytes(one: Pick<Evidence, 'content' | 'encoding'>): Buffer {
  return Buffer.from(one.content, one.encoding)
}

/** What a finding says happens: its crash, and the project's first function and file on the stack. */
function claimOf(finding: Finding): Claim {
  const { crash } = finding
  if (crash === null) return NOTHING
  const frame = projectFrames(finding.stack)[0]
  return {
    tool: crash.tool === 'other' ? null : crash.tool,
    kind: crash.kind,
    symbol: frame?.symbol ?? null,
    path: frame?.path ?? null,
    cwe: finding.weaknesses[0] ?? null,
  }
}
