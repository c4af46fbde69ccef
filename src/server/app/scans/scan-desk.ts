import type { Mac } from '../../../core/kernel/digest.ts'
import { newId } from '../../../core/kernel/id.ts'
import { CLAIM_QUOTA, type ClaimQuota } from '../../../core/scans/claim-quota.ts'
import type { Ground } from '../../ground.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { ClaimBook } from './claim-book.ts'
import { ProjectNames } from './project-names.ts'

/** What commands of scans stand on beside the records. */
export interface ScanDesk extends Ground {
  readonly book: ClaimBook
  readonly names: ProjectNames
  readonly quota: ClaimQuota
  /** Digests that are equal for the same place, or the same key of a sender, and mean nothing without the key store. */
  readonly placeMac: Mac
  readonly keyMac: Mac
  /** The contact under which one organisation is told of another: the same for one pair, and told to nobody else. */
  readonly contact: (told: string, of: string) => string
}

export function openScanDesk(ground: Ground): ScanDesk {
  const index = ground.keys.secret('index')
  const contactMac = keyedMac(index, 'scan-contact')
  return {
    ...ground,
    book: new ClaimBook(ground),
    names: new ProjectNames(),
    quota: CLAIM_QUOTA,
    placeMac: keyedMac(index, 'scan-place'),
    keyMac: keyedMac(index, 'scan-key'),
    contact: (told, of) => newId('contact', () => contactMac(Buffer.from(`${told}\n${of}`))),
  }
}
