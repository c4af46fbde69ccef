import type { Mac } from '../kernel/digest.ts'
import { candidateKeys } from './keys/candidate-keys.ts'
import { type KeyParts, STRENGTH } from './keys/kinds.ts'
import { preimage } from './keys/preimage.ts'
import { sureKeys } from './keys/sure-keys.ts'
import type { NormalForm } from './normal-form.ts'

export type FingerprintKind = keyof typeof STRENGTH

/** A key under which two findings may be one flaw: equal `sure` keys say they are, equal `candidate` keys ask for a closer look. */
export interface Fingerprint {
  readonly kind: FingerprintKind
  /** Of the rule that made it; stored with the digest, so that a later rule never regroups old work. */
  readonly version: 1
  readonly strength: 'sure' | 'candidate'
  /** Guessable by anyone who knows the software: never stored, only its keyed digest. */
  readonly preimage: Uint8Array
}

export interface KeyedFingerprint {
  readonly kind: FingerprintKind
  readonly version: 1
  readonly strength: 'sure' | 'candidate'
  /** First 16 bytes of the keyed digest. */
  readonly digest: Uint8Array
}

export const MOST_FINGERPRINTS = 8

/**
 * The fingerprints of a finding, sure ones first, at most 8. `home` is the id of the sender's organisation: without a target the
 * sure keys hold it, so that such a finding is never joined with another organisation's unseen.
 */
export function fingerprints(form: NormalForm, home: string): Fingerprint[] {
  const keys: KeyParts[] = [...sureKeys(form, home), ...candidateKeys(form)]
  return keys.slice(0, MOST_FINGERPRINTS).map(({ kind, parts }) => ({
    kind,
    version: 1,
    strength: STRENGTH[kind],
    preimage: preimage(kind, 1, parts),
  }))
}

/** The same with keyed digests in place of the plain bytes: what may be stored. */
export function keyed(prints: readonly Fingerprint[], mac: Mac): KeyedFingerprint[] {
  return prints.map(({ kind, version, strength, preimage: bytes }) => ({
    kind,
    version,
    strength,
    digest: mac(bytes).slice(0, 16),
  }))
}
