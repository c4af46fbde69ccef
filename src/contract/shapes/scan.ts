import { z } from '@hono/zod-openapi'
import { SCAN_METHODS } from '../../core/scans/clean-scan.ts'
import { ROUTE_KINDS } from '../../core/scans/scan-route.ts'

const When = z.string().describe('RFC 3339, UTC')
const Name = z.string().min(1).max(512).describe('A purl, or the address of a repository')
const End = z.string().max(128).nullable().default(null)
const Days = z.number().int().min(1).max(14)

/** What is scanned, as somebody writes it; whatever is left out is meant whole. */
export const TargetIn = z.strictObject({
  target: Name,
  from: End.describe('Oldest version or commit, itself included'),
  to: End.describe('Newest version or commit, itself included'),
  path: z.string().max(1024).nullable().default(null),
  weakness: z.string().max(60).nullable().default(null).describe('A CWE id or the name of a family'),
})

export const MakeClaim = z.strictObject({
  ...TargetIn.shape,
  days: Days.default(7),
  reach: z.string().max(200).nullable().default(null).describe('Told to the other side of an overlap, in clear'),
  consent: z.string().max(200).nullable().default(null).describe('Who of the project consented, where it wants to be asked'),
  key: z
    .string()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe('The same key gives the same claim, so that it can be sent again'),
})
export type MakeClaim = z.infer<typeof MakeClaim>

export const ActClaim = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('renew'), days: Days.default(7) }),
  z.strictObject({ do: z.literal('release') }),
])
export type ActClaim = z.infer<typeof ActClaim>

const TargetOut = z.object({
  target: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  path: z.string().nullable(),
  weakness: z.string().nullable(),
})

const SaysIn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('no-scans') }),
  z.strictObject({ kind: z.literal('with-consent') }),
  z.strictObject({
    kind: z.literal('only-at-times'),
    times: z.strictObject({
      days: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe('1 is Monday'),
      fromMinute: z.number().int().min(0).max(1439).describe('Minutes after midnight UTC'),
      toMinute: z.number().int().min(0).max(1439).describe('May lie before it: then over midnight'),
    }),
  }),
])

export const ClaimOut = z.object({
  id: z.string(),
  version: z.number(),
  state: z.enum(['active', 'released', 'lapsed']),
  ...TargetOut.shape,
  madeAt: When,
  endsAt: When,
  endedAt: When.nullable(),
  renewalsLeft: z.number(),
  request: z.string().nullable(),
  conditions: z.array(SaysIn).describe('What the project says about scans'),
  overlaps: z
    .array(z.object({ contact: z.string(), reach: z.string().nullable(), at: When }))
    .describe('Other organisations with an overlapping claim: that there is one, and whom to ask'),
})
export type ClaimOut = z.infer<typeof ClaimOut>
export const ClaimList = z.object({ rows: z.array(ClaimOut), next: z.string().nullable() })
export type ClaimList = z.infer<typeof ClaimList>

export const ContactOut = z.object({ contact: z.string(), organisation: z.string(), name: z.string() })
export type ContactOut = z.infer<typeof ContactOut>

const Stated = {
  target: Name,
  source: z.string().min(1).max(500).describe('Where the project states it; shown, never fetched'),
  on: z.string().max(40).describe('The day it was read there, RFC 3339'),
}
const Withdraw = z.strictObject({ do: z.literal('withdraw'), id: z.string().max(60) })

export const AddOptOut = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('state'), ...Stated, says: SaysIn }),
  Withdraw,
])
export type AddOptOut = z.infer<typeof AddOptOut>

export const AddScanRoute = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('state'), ...Stated, kind: z.enum(ROUTE_KINDS), address: z.string().min(1).max(300) }),
  Withdraw,
])
export type AddScanRoute = z.infer<typeof AddScanRoute>

const NoticeOut = {
  id: z.string(),
  version: z.number(),
  target: z.string(),
  source: z.string(),
  on: When,
  enteredBy: z.enum(['coordinator', 'proved-maintainer']),
  enteredAt: When,
  endedAt: When.nullable(),
}
export const OptOutOut = z.object({ ...NoticeOut, says: SaysIn })
export type OptOutOut = z.infer<typeof OptOutOut>
export const OptOutList = z.object({ rows: z.array(OptOutOut) })
export type OptOutList = z.infer<typeof OptOutList>
export const ScanRouteOut = z.object({ ...NoticeOut, kind: z.enum(ROUTE_KINDS), address: z.string() })
export type ScanRouteOut = z.infer<typeof ScanRouteOut>
export const ScanRouteList = z.object({ rows: z.array(ScanRouteOut) })
export type ScanRouteList = z.infer<typeof ScanRouteList>

export const AddScanRequest = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('ask'),
    ...TargetIn.shape,
    criticality: z.number().int().min(1).max(100),
    source: z.string().min(1).max(500),
  }),
  z.strictObject({ do: z.literal('close'), id: z.string().max(60) }),
])
export type AddScanRequest = z.infer<typeof AddScanRequest>

export const TakeScanRequest = z.strictObject({
  days: Days.default(14),
  reach: z.string().max(200).nullable().default(null),
  consent: z.string().max(200).nullable().default(null),
  key: z.string().min(1).max(100).nullable().default(null),
})
export type TakeScanRequest = z.infer<typeof TakeScanRequest>

export const ScanRequestOut = z.object({
  id: z.string(),
  ...TargetOut.shape,
  criticality: z.number(),
  source: z.string(),
  score: z.number().nullable().describe('0 to 100; null: the project wants no scans'),
  lastLook: When.nullable().describe('Newest look that the asker may know of, to the day; null: none'),
  taken: z.boolean(),
  conditions: z.array(SaysIn),
})
export type ScanRequestOut = z.infer<typeof ScanRequestOut>
export const ScanRequestList = z.object({ rule: z.string(), rows: z.array(ScanRequestOut) })
export type ScanRequestList = z.infer<typeof ScanRequestList>

const Tool = z.strictObject({ name: z.string().max(40), version: z.string().max(40) })
const Hours = z.number().int().min(0).nullable().default(null)

export const EnvelopeShape = z.strictObject({
  payloadType: z.string().max(60),
  payload: z.string().max(64 << 10),
  signatures: z
    .array(z.strictObject({ keyid: z.string().max(128), sig: z.string().max(256) }))
    .min(1)
    .max(4),
})

/** Signed by this server from what is said, or signed by the organisation itself and sent whole. */
export const AddCertificate = z.discriminatedUnion('signed', [
  z.strictObject({
    signed: z.literal('here'),
    target: Name,
    commit: z.string().max(64),
    path: z.string().max(1024).nullable().default(null),
    weakness: z.string().max(60).nullable().default(null),
    methods: z.array(z.enum(SCAN_METHODS)).min(1).max(SCAN_METHODS.length),
    tools: z.array(Tool).max(8).default([]),
    personHours: Hours,
    machineHours: Hours,
    finishedAt: z.string().max(40),
    named: z.boolean().default(true).describe('Whether the statement names the organisation'),
  }),
  z.strictObject({
    signed: z.literal('by-us'),
    envelope: EnvelopeShape,
    key: z.string().max(64).describe('The Ed25519 public key, 32 bytes in base64'),
  }),
])
export type AddCertificate = z.infer<typeof AddCertificate>

export const CertificateOut = z.object({
  id: z.string(),
  target: z.string(),
  by: z.string().nullable().describe('Null: the organisation did not want to be named'),
  at: When,
  digest: z.string().describe('SHA-256 of the signed payload'),
  key: z.string().describe('The Ed25519 public key that signed, 32 bytes in base64'),
  envelope: EnvelopeShape,
})
export type CertificateOut = z.infer<typeof CertificateOut>
export const CertificateList = z.object({ rows: z.array(CertificateOut) })
export type CertificateList = z.infer<typeof CertificateList>

export const CoverageOut = z.object({
  rows: z.array(
    z.object({
      target: z.string(),
      lastWeek: When.nullable().describe('Begin of the week of the last look that may be told'),
      organisations: z.enum(['3-4', '5-9', '10+']).nullable().describe('Null: fewer than three'),
      classes: z.array(z.string()),
    }),
  ),
})
export type CoverageOut = z.infer<typeof CoverageOut>

export const ScanFeed = z.object({
  feed: z.literal('weir/scans/1'),
  optOuts: z.array(OptOutOut),
  routes: z.array(ScanRouteOut),
  certificates: z.array(CertificateOut),
})
export type ScanFeed = z.infer<typeof ScanFeed>
