import type { FingerprintKind, KeyedFingerprint } from '../../../core/findings/fingerprint.ts'
import type { Features } from '../../../core/findings/pair/features.ts'
import type { ItemRefusal } from '../../../core/findings/refusal.ts'
import type { Summary } from '../../../core/findings/summary.ts'
import type { Ground } from '../../ground.ts'
import { open, seal } from '../../store/keys/seal.ts'
import type { EarlierReceipt } from './earlier.ts'
import type { OpenReport } from './open-report.ts'
import type { Claim } from './prepare.ts'

/** The sealed columns of one finding beside its body: the small features that lists and scoring read, and its keyed digests. */
export function sealFinding(
  ground: Pick<Ground, 'random'>,
  key: Buffer,
  id: string,
  claim: Claim,
): { features: Buffer; keys: Buffer } {
  const gist = Buffer.from(JSON.stringify({ summary: claim.summary, features: claim.features }))
  return { features: seal(key, gist, `finding/${id}/features`, ground.random), keys: packKeys(claim.keys) }
}

/** What lists and scoring read of a finding without opening its whole body. */
export interface Gist {
  readonly summary: Summary
  readonly features: Features
}

export function openGist(key: Buffer, finding: string, sealed: Buffer): Gist {
  return JSON.parse(open(key, sealed, `finding/${finding}/features`).toString('utf8'))
}

/** Refused items keep no text, only where it went wrong; even that may quote the sender's key names, so it is sealed. */
export function sealNote(ground: Pick<Ground, 'random'>, report: OpenReport, receipt: string, refusal: ItemRefusal): Buffer {
  return seal(report.key, Buffer.from(JSON.stringify(refusal)), `receipt/${receipt}/note`, ground.random)
}

export function openNote(
  report: Pick<OpenReport, 'id' | 'key'>,
  receipt: Pick<EarlierReceipt, 'id' | 'note' | 'report_id'>,
): ItemRefusal | null {
  if (receipt.note === null || receipt.report_id !== report.id) return null
  return JSON.parse(open(report.key, receipt.note, `receipt/${receipt.id}/note`).toString('utf8'))
}

const STRENGTH = { sure: 1, candidate: 0 } as const

// Stored numbers: only ever added to.
const CODES: Record<FingerprintKind, number> = {
  alias: 1,
  crash: 2,
  scan: 3,
  prose: 4,
  name: 5,
  frame: 6,
  line: 7,
  place: 8,
  near: 9,
  title: 10,
  text: 11,
}
const KINDS = new Map(Object.entries(CODES).map(([kind, code]) => [code, kind as FingerprintKind]))

/** 18 bytes a key: strength, kind, 16 bytes of digest. */
export function packKeys(keys: readonly KeyedFingerprint[]): Buffer {
  const out = Buffer.alloc(keys.length * 18)
  for (const [i, key] of keys.entries()) {
    out[i * 18] = STRENGTH[key.strength]
    out[i * 18 + 1] = CODES[key.kind]
    out.set(key.digest.subarray(0, 16), i * 18 + 2)
  }
  return out
}

export function unpackKeys(packed: Buffer): KeyedFingerprint[] {
  return Array.from({ length: packed.length / 18 }, (_, i) => ({
    strength: packed[i * 18] === 1 ? ('sure' as const) : ('candidate' as const),
    kind: KINDS.get(packed[i * 18 + 1]!)!,
    version: 1,
    digest: packed.subarray(i * 18 + 2, i * 18 + 18),
  }))
}
