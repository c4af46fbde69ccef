import type { CertificateOut } from '../../../contract/shapes/scan.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { CleanScanStatement } from '../../../core/scans/clean-scan.ts'
import type { CertificateRow } from '../../store/scan-certificate.ts'

/** A certificate as everyone reads it; who made it only where the statement itself says so. */
export function certificateView(row: CertificateRow): CertificateOut {
  const envelope = row.envelope as CertificateOut['envelope']
  // It was read as a statement, or made as one, before it was stored.
  const { predicate } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as CleanScanStatement
  return {
    id: row.id,
    target: row.name,
    by: predicate.by,
    at: formatInstant(instant(row.at)),
    digest: row.digest.toString('hex'),
    key: row.public_key.toString('base64'),
    envelope,
  }
}
