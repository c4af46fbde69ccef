import type { Finding } from '../../../core/findings/finding.ts'
import { fingerprints, type KeyedFingerprint, keyed } from '../../../core/findings/fingerprint.ts'
import { normalForm } from '../../../core/findings/normal-form.ts'
import { type Features, featuresOf } from '../../../core/findings/pair/features.ts'
import type { ItemRefusal, NeedsCode } from '../../../core/findings/refusal.ts'
import { type Summary, summaryOf } from '../../../core/findings/summary.ts'
import type { ParsedItem } from '../../../formats/format.ts'
import type { IntakeMacs } from './macs.ts'
import { type Defaults, type Sender, stillNeeds, withDefaults } from './sender.ts'

/** One item with everything that can be computed of it without looking at anything else. */
export interface Prepared {
  readonly n: number
  readonly at: string
  readonly contentDigest: Buffer
  readonly keyDigest: Buffer | null
  readonly refusal: ItemRefusal | null
  readonly claim: Claim | null
}

export interface Claim {
  readonly finding: Finding
  readonly raw: Uint8Array
  readonly needs: readonly NeedsCode[]
  readonly targetKey: Buffer
  readonly keys: readonly KeyedFingerprint[]
  readonly features: Features
  readonly summary: Summary
}

/**
 * Normalises an item and digests it under the sender's organisation. Strangers share one organisation but must not learn of
 * each other: their digests are made under the upload's own key instead.
 */
export function prepare(
  item: ParsedItem,
  n: number,
  sender: Sender,
  uploadKey: Buffer,
  defaults: Defaults,
  macs: IntakeMacs,
): Prepared {
  const scope = sender.anonymous
    ? Buffer.concat([Buffer.from(sender.organisation), uploadKey])
    : Buffer.from(sender.organisation)
  const stated = Buffer.from(JSON.stringify(defaults))
  const contentDigest = macs.content(scope, stated, item.raw)
  if (!item.ok) return { n, at: item.at, contentDigest, keyDigest: null, refusal: item.refusal, claim: null }
  const finding = withDefaults(item.finding, defaults)
  const form = normalForm(finding)
  return {
    n,
    at: item.at,
    contentDigest,
    keyDigest: item.key === null ? null : macs.itemKey(scope, Buffer.from(item.key)),
    refusal: null,
    claim: {
      finding,
      raw: item.raw,
      needs: stillNeeds(item.needs, finding),
      // Without a target nothing ties two reports together: each sender has a place of its own for those.
      targetKey: macs.target(form.target === null ? `sender ${sender.organisation}` : form.target),
      keys: keyed(fingerprints(form, sender.organisation), macs.fingerprint),
      features: featuresOf(form),
      summary: summaryOf(finding),
    },
  }
}
