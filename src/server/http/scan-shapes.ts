import type { z } from 'zod'
import type { RouteName } from '../../contract/routes.ts'
import {
  ActClaim,
  AddCertificate,
  AddOptOut,
  AddScanRequest,
  AddScanRoute,
  CertificateList,
  CertificateOut,
  ClaimList,
  ClaimOut,
  ContactOut,
  CoverageOut,
  MakeClaim,
  OptOutList,
  OptOutOut,
  ScanFeed,
  ScanRequestList,
  ScanRouteList,
  ScanRouteOut,
  TakeScanRequest,
} from '../../contract/shapes/scan.ts'

/** What the routes of scans take, for the document about them. */
export const SCAN_BODIES: Partial<Record<RouteName, z.ZodType>> = {
  makeClaim: MakeClaim,
  actClaim: ActClaim,
  addOptOut: AddOptOut,
  addScanRoute: AddScanRoute,
  addScanRequest: AddScanRequest,
  takeScanRequest: TakeScanRequest,
  addCertificate: AddCertificate,
}

/** What they answer. */
export const SCAN_ANSWERS: Partial<Record<RouteName, z.ZodType>> = {
  makeClaim: ClaimOut,
  listClaims: ClaimList,
  actClaim: ClaimOut,
  readContact: ContactOut,
  listOptOuts: OptOutList,
  addOptOut: OptOutOut,
  listScanRoutes: ScanRouteList,
  addScanRoute: ScanRouteOut,
  listScanRequests: ScanRequestList,
  addScanRequest: ScanRequestList,
  takeScanRequest: ClaimOut,
  listCertificates: CertificateList,
  addCertificate: CertificateOut,
  coverage: CoverageOut,
  scanFeed: ScanFeed,
}
