import type { Layout } from '../../store/copy.ts'
import type { FindingTable, FlawTable, MemberTable, ReceiptTable } from '../../store/tables.ts'

// Rows as they are copied in, and the order and binary type of their columns.

export type ReceiptRow = ReceiptTable
export const RECEIPT: Layout<ReceiptRow> = {
  organisation_id: 'text',
  id: 'text',
  report_id: 'text',
  n: 'int4',
  outcome: 'text',
  content_digest: 'bytea',
  key_digest: 'bytea',
  finding_id: 'text',
  same_receipt: 'text',
  own_group: 'text',
  needs: 'textArray',
  code: 'text',
  note: 'bytea',
  key_slot: 'int4',
  received_at: 'timestamptz',
  interval_index: 'int4',
  position: 'int4',
  commitment: 'bytea',
}

export type FindingRow = Omit<FindingTable, 'released' | 'stage' | 'proof'>
export const FINDING: Layout<FindingRow> = {
  target_key: 'bytea',
  id: 'text',
  organisation_id: 'text',
  report_id: 'text',
  receipt_id: 'text',
  key_slot: 'int4',
  keys: 'bytea',
  features: 'bytea',
  body: 'bytea',
  received_at: 'timestamptz',
  state: 'text',
}

export interface QueueRow {
  readonly target_key: Buffer
  readonly finding_id: string
  readonly report_id: string
}
export const QUEUE: Layout<QueueRow> = { target_key: 'bytea', finding_id: 'text', report_id: 'text' }

export const MEMBER: Layout<MemberTable> = {
  target_key: 'bytea',
  finding_id: 'text',
  flaw_id: 'text',
  organisation_id: 'text',
  joined_at: 'timestamptz',
  reason: 'text',
  algorithm: 'text',
  score: 'real',
}

export type FlawRowOf = Omit<FlawTable, 'stage' | 'deeds' | 'proof'>
export const FLAW: Layout<FlawRowOf> = {
  target_key: 'bytea',
  id: 'text',
  version: 'int4',
  state: 'text',
  lead_finding: 'text',
  key_slot: 'int4',
  summary: 'bytea',
  need: 'text',
  merged_into: 'text',
  priority: 'text',
  priority_rank: 'int2',
  score: 'real',
  findings: 'int4',
  finders: 'int4',
  first_at: 'timestamptz',
  last_at: 'timestamptz',
  words: 'int8Array',
}
