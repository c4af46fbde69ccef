import type { Generated } from 'kysely'
import type { CaseTables } from './case-tables.ts'
import type { DutyTables } from './duty-tables.ts'
import type { ExposureTables } from './exposure-tables.ts'
import type { KnownTables } from './known-tables.ts'
import type { ScanTables } from './scan-tables.ts'

// The columns as Kysely knows them. Timestamps are epoch milliseconds at this edge (see `connection.ts`): instants, not Dates.
export interface Tables extends CaseTables, ScanTables, DutyTables, ExposureTables, KnownTables {
  organisation: { id: string; name: string; kind: string; created_at: number }
  person: {
    id: string
    organisation_id: string
    name: string
    email: string | null
    roles: string[]
    state: 'invited' | 'active' | 'left'
    created_at: number
    last_seen: number | null
    out_of_cases: Generated<boolean>
  }
  identity: { issuer: string; subject: string; person_id: string }
  passkey: {
    credential_id: Buffer
    person_id: string
    public_key: Buffer
    counter: number
    transports: string[]
    created_at: number
  }
  recovery_code: { person_id: string; digest: Buffer; used_at: number | null }
  session: { digest: Buffer; id: string; person_id: string; created_at: number; expires_at: number }
  invite: {
    id: string
    secret_digest: Buffer
    organisation_id: string
    email: string | null
    roles: string[]
    created_by: string | null
    created_at: number
    expires_at: number
    accepted_at: number | null
    label: string | null
  }
  token: {
    id: string
    digest: Buffer
    name: string
    organisation_id: string
    person_id: string | null
    scopes: string[]
    roles: string[]
    created_at: number
    expires_at: number
    last_used: number | null
    revoked_at: number | null
  }
  challenge: { digest: Buffer; kind: string; person_id: string | null; body: unknown; expires_at: number }
  report: ReportTable
  receipt: ReceiptTable
  finding: FindingTable
  sure_key: { target_key: Buffer; digest: Buffer; organisation_id: string; finding_id: string }
  candidate_key: { target_key: Buffer; digest: Buffer; finding_id: string; finding_target: Buffer }
  cluster_queue: { target_key: Buffer; finding_id: string; report_id: string; position: Generated<number> }
  member: MemberTable
  flaw: FlawTable
  suggestion: SuggestionTable
  apart: { a: string; b: string; at: number }
  judgement: {
    target_key: Buffer
    id: string
    flaw_id: string
    table_id: string
    outcome: string
    by_voice: string
    person_id: string | null
    at: number
    inputs: unknown
  }
  message: {
    subject: string
    id: string
    person_id: string
    organisation_id: string
    at: number
    key_slot: number
    body: Buffer
  }
  event: EventTable
  sequencer: { one: Generated<boolean>; last: number }
  work_lock: { name: string }
  ledger_clock: { one: Generated<boolean>; open_interval: number; opened_at: number; started_at: number }
  ledger_leaf: { index: number; leaf: Buffer; at: number }
  ledger_interval: {
    index: number
    leaf_index: number
    opened_at: number
    closed_at: number
    root: Buffer
    buckets: Buffer | null
  }
  tally: { taken_at: number; body: unknown }
  quota: { organisation_id: string; day: string; items: number }
  setting: { name: string; value: unknown }
  target: TargetTable
  evidence: EvidenceTable
  validation: ValidationTable
  proof_edge: { target_key: Buffer; a: string; b: string; kind: string; validation_id: string; at: number }
  runner: RunnerTable
  docket: DocketTable
  docket_seat: DocketSeatTable
  docket_paper: DocketPaperTable
  docket_access: DocketAccessTable
  docket_anchor: DocketAnchorTable
  run_set: RunSetTable
  run_attempt: RunAttemptTable
  agreement: AgreementTable
}

export interface ReportTable {
  organisation_id: string
  id: string
  person_id: string | null
  key_digest: Buffer
  format: string
  key_slot: number
  name: Buffer | null
  received_at: number
  completed_at: number | null
  taken: Generated<number>
  accepted: Generated<number>
  repeated: Generated<number>
  merged: Generated<number>
  needs_info: Generated<number>
  refused: Generated<number>
  clustered: Generated<number>
  version: Generated<number>
}

export interface ReceiptTable {
  organisation_id: string
  id: string
  report_id: string
  n: number
  outcome: string
  content_digest: Buffer
  key_digest: Buffer | null
  finding_id: string | null
  same_receipt: string | null
  own_group: string | null
  needs: string[]
  code: string | null
  note: Buffer | null
  key_slot: number
  received_at: number
  interval_index: number | null
  position: number | null
  commitment: Buffer | null
}

export interface FindingTable {
  target_key: Buffer
  id: string
  organisation_id: string
  report_id: string
  receipt_id: string
  key_slot: number
  keys: Buffer
  features: Buffer
  body: Buffer
  received_at: number
  state: string
  released: Generated<boolean>
  stage: Generated<'open' | 'closed'>
  proof: Generated<ProofState>
}

/** What runs of a reproducer showed so far. */
export type ProofState = 'not-run' | 'confirmed' | 'not-reproduced'

export interface MemberTable {
  target_key: Buffer
  finding_id: string
  flaw_id: string
  organisation_id: string
  joined_at: number
  reason: string
  algorithm: string
  score: number
}

export interface FlawTable {
  target_key: Buffer
  id: string
  version: number
  state: 'open' | 'merged' | 'closed'
  stage: Generated<'open' | 'closed'>
  lead_finding: string
  key_slot: number
  summary: Buffer
  deeds: Buffer | null
  need: string
  merged_into: string | null
  priority: string | null
  priority_rank: number
  score: number | null
  findings: number
  finders: number
  first_at: number
  last_at: number
  words: string[]
  proof: Generated<ProofState>
}

export interface SuggestionTable {
  target_key: Buffer
  id: string
  flaw_a: string
  flaw_b: string
  score: number
  algorithm: string
  reasons: Buffer
  reasons_of: string
  key_slot: number
  state: 'open' | 'merged' | 'kept-apart'
  raised_at: number
  decided_at: number | null
}

export interface EventTable {
  aggregate: string
  aggregate_id: string
  version: number
  type: string
  at: number
  actor: string
  payload: unknown
  seq: number | null
}

export interface TargetTable {
  target_key: Buffer
  id: string
  organisation_id: string
  kind: 'archive' | 'git-bundle' | 'mirror'
  key_slot: number
  about: Buffer
  recipe: Buffer | null
  blob: string | null
  bytes: number
  created_at: number
  stage: Generated<'open' | 'closed'>
}

export interface EvidenceTable {
  target_key: Buffer
  id: string
  finding_id: string
  organisation_id: string
  kind: 'reproducer' | 'patch' | 'benign'
  key_slot: number
  about: Buffer
  blob: string
  bytes: number
  created_at: number
}

export interface ValidationTable {
  target_key: Buffer
  id: string
  version: number
  /** The one organisation that may read it beside coordination; null: none. */
  organisation_id: string | null
  flaw_id: string | null
  finding_id: string | null
  findings: string[]
  target_id: string
  tasks: string[]
  floor: string
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed'
  asked_by: string
  person_id: string | null
  coordination: boolean
  asked_at: number
  key_slot: number
  proof: Buffer
  stop_asked: Generated<boolean>
  attempt: Generated<number>
  /** Kept after the end, so that a result sent twice is answered twice alike. */
  lease: string | null
  lease_until: number | null
  runner_id: string | null
  tier: string | null
  progress: Buffer | null
  progress_at: number | null
  seconds: Generated<number>
  started_at: number | null
  ended_at: number | null
  result: Buffer | null
  log: string | null
  interval_index: number | null
  position: number | null
  commitment: Buffer | null
  stage: Generated<'open' | 'closed'>
}

export interface RunnerTable {
  id: string
  /** The organisation of the token it came with; null: this server's own runner. */
  owner_id: string | null
  name: string
  public_key: Buffer
  tiers: unknown
  lacking: unknown
  slots: number
  registered_at: number
  last_seen: number
}

export interface DocketTable {
  id: string
  version: number
  kind: 'notice' | 'access' | 'deployment'
  state: string
  developer_id: string
  office_id: string
  agreement_id: string | null
  key_d: number
  key_b: number
  key_r: number
  key_j: number
  key_p: number
  /** The whole `Docket` as JSON, under the key of J. */
  body: Buffer
  opened_at: number
  ends_at: number | null
  /** The next instant at which the clock has something to say to it. */
  due_at: number | null
  closed_at: number | null
  /** Signed, in clear, once it is closed. */
  receipt: Buffer | null
  /** Closed words for the statistics of all dockets, once it is closed. */
  counted: string | null
  interval_index: number | null
  position: number | null
  commitment: Buffer | null
  stage: Generated<'open' | 'closed'>
}

export interface DocketSeatTable {
  docket_id: string
  person_id: string
  seat: string
  organisation_id: string
  ended_at: number | null
}

export interface DocketPaperTable {
  docket_id: string
  id: string
  /** An `ObjectKind` of core/docket. */
  object: string
  compartment: 'D' | 'B' | 'R' | 'J' | 'P'
  key_slot: number
  about: Buffer
  body: Buffer | null
  blob: string | null
  bytes: number
  /** Keyed: the digest of what it says is told to those who may read it. */
  digest: Buffer
  person_id: string | null
  at: number
}

export interface DocketAccessTable {
  docket_id: string
  entry: number
  at: number
  person_id: string | null
  seat: string | null
  compartment: 'D' | 'B' | 'R' | 'J' | 'P'
  object: string
  what: string
  thing: string | null
  refused: Generated<boolean>
  calls: Generated<number>
  tokens: Generated<number>
  hash: Buffer
}

export interface DocketAnchorTable {
  id: string
  docket_id: string
  /** The newest entry of the docket's log whose digest was committed. */
  entry: number
  interval_index: number
  position: number
  commitment: Buffer
}

export interface RunSetTable {
  docket_id: string
  id: string
  version: number
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed'
  key_slot: number
  body: Buffer
  progress: unknown
  attempts: number
  finished: Generated<number>
  person_id: string | null
  asked_at: number
  started_at: number | null
  ended_at: number | null
  stop_asked: Generated<boolean>
}

export interface RunAttemptTable {
  docket_id: string
  run_set_id: string
  n: number
  row: Buffer
  transcript: string | null
  at: number
}

export interface AgreementTable {
  id: string
  version: number
  state: 'offered' | 'standing' | 'ended'
  developer_id: string
  office_id: string
  key_slot: number
  body: Buffer
  ends_at: number | null
  opened_at: number
}
