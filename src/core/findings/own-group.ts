import { toHex } from '../kernel/digest.ts'
import type { KeyedFingerprint } from './fingerprint.ts'

/**
 * The digests (hex) by which an item is told to be `merged` with an earlier item of the same organisation. Look them up among
 * that organisation's findings only: what others hold must change neither the answer nor its timing. Equal prose is left out:
 * a sender who says the same of two items means two flaws.
 */
export function ownGroup(keys: readonly KeyedFingerprint[]): string[] {
  return keys.filter(({ kind, strength }) => strength === 'sure' && kind !== 'prose').map(({ digest }) => toHex(digest))
}
