import type { Generated } from 'kysely'

// The columns of cases, letters, projects, advisories and webhooks (migration 0004), as Kysely knows them.
export interface CaseTables {
  case_file: CaseFileTable
  case_flaw: { case_id: string; flaw_id: string; removed_at: number | null }
  case_party: CasePartyTable
  case_entry: CaseEntryTable
  case_paper: CasePaperTable
  case_read: {
    case_id: string
    entry: number
    at: number
    person_id: string | null
    party_id: string | null
    what: string
    thing: string | null
  }
  letter: LetterTable
  letter_link: {
    digest: Buffer
    case_id: string
    letter_id: string
    act: 'accept' | 'dispute' | 'ask' | 'pause' | 'unsubscribe'
    expires_at: number
    used_at: number | null
  }
  reply_address: { digest: Buffer; case_id: string; party_id: string; made_at: number; revoked_at: number | null }
  project: ProjectTable
  project_proof: ProjectProofTable
  project_sending: { project_id: string; case_id: string; sent_at: number }
  notice: {
    organisation_id: string
    id: string
    person_id: string | null
    case_id: string | null
    kind: string
    thing: string | null
    at: number
    read_at: number | null
  }
  advisory: AdvisoryTable
  /** What the ledger holds of a release, a correction or a withdrawal. */
  advisory_entry: {
    id: string
    advisory_id: string
    version: number
    statement: unknown
    interval_index: number
    position: number
    commitment: Buffer
  }
  cve_number: CveNumberTable
  relay: RelayTable
  webhook: WebhookTable
  delivery: DeliveryTable
  mail_taken: { key: Buffer; at: number }
  case_teller: { one: Generated<boolean>; last: number }
}

export interface CaseFileTable {
  id: string
  version: number
  state: string
  stage: Generated<'open' | 'closed'>
  coordinator_id: string
  key_slot: number
  /** The whole `Case` as JSON, sealed. */
  body: Buffer
  /** Whose move it is: lists are filtered by it. */
  whose: Generated<'coordinator' | 'maintainer' | 'nobody'>
  opened_at: number
  changed_at: number
  /** The end of the embargo that stands. */
  ends_at: number | null
  /** The next instant at which the clock has something to say to it. */
  due_at: number | null
  closed_at: number | null
  receipt: Buffer | null
  /** Closed words for the statistics, once it is closed. */
  counted: string | null
  interval_index: number | null
  position: number | null
  commitment: Buffer | null
}

export interface CasePartyTable {
  case_id: string
  /** The participant. */
  id: string
  organisation_id: string | null
  project_id: string | null
  kind: string
  /** What core/cases lets it read: lists are filtered by it. */
  reads: 'nothing' | 'invitation' | 'content'
  /** Is something asked of it now? */
  asked: Generated<boolean>
  left_at: number | null
}

/** One event of a case. Its hash covers the one before, so that none can be changed or left out unseen. */
export interface CaseEntryTable {
  case_id: string
  version: number
  /** Of the commitment; random. */
  id: string
  type: string
  at: number
  person_id: string | null
  /** The event as JSON, sealed. */
  body: Buffer
  hash: Buffer
  /** SHA-256 of the case after a command; at its last event. */
  state: Buffer | null
  interval_index: number | null
  position: number | null
  commitment: Buffer | null
}

export interface CasePaperTable {
  case_id: string
  id: string
  /** `machine`: an answer that no person wrote. */
  kind: 'message' | 'file' | 'patch' | 'reproducer' | 'reply' | 'machine'
  party_id: string | null
  person_id: string | null
  /** Title, digest, and who may read it, sealed. */
  about: Buffer
  body: Buffer | null
  blob: string | null
  bytes: number
  digest: Buffer
  at: number
}

export interface LetterTable {
  case_id: string
  id: string
  version: number
  state: 'draft' | 'queued' | 'sending' | 'sent' | 'unsure' | 'bounced' | 'refused' | 'dropped'
  party_id: string | null
  project_id: string | null
  template: string
  key_slot: number
  /** Address, subject, text, key and what came of it, sealed. */
  body: Buffer
  message_id: string | null
  attempts: Generated<number>
  made_at: number
  by_person: string | null
  sent_by: string | null
  /** When a person said that it goes; since then it waits for its turn. */
  asked_at: number | null
  /** When it goes; null: its turn has not come. */
  send_at: number | null
  lease: string | null
  leased_until: number | null
  /** The mail server may have it: past this point a lost answer leaves it unsure. */
  handing: Generated<boolean>
  put_off_since: number | null
  sent_at: number | null
  /** The step of the contact ladder that it takes. */
  step: string | null
}

export interface ProjectTable {
  id: string
  version: number
  purl: string | null
  repository: string | null
  name: string
  /** `ProjectTerms`: what the project publishes about itself. */
  terms: unknown
  /** Who entered them, or from which file they were read and confirmed. */
  source: string
  steward: Generated<'unassigned' | 'assessing' | 'active' | 'escalated'>
  steward_body: unknown
  /** Of the project's own, at which a token can be shown. */
  domains: Generated<unknown>
  /** PGP keys of its contact: `{fingerprint, armoured}`. */
  pgp_keys: Generated<unknown>
  /** The proved maintainer's organisation. */
  organisation_id: string | null
  paused_until: number | null
  due_at: number | null
  entered_by: string | null
  entered_at: number
  changed_at: number
}

export interface ProjectProofTable {
  project_id: string
  id: string
  kind: string
  state: 'asked' | 'proved' | 'expired' | 'change-waits' | 'changed' | 'stopped'
  address_key: Buffer | null
  body: Buffer
  key_slot: number
  asked_at: number
  expires_at: number
  proved_at: number | null
}

export interface AdvisoryTable {
  id: string
  version: number
  state: string
  case_id: string
  key_slot: number
  /** The whole `Advisory`, sealed, until it is out and after. */
  body: Buffer | null
  /** The published revision, for everyone. */
  public: unknown
  release_at: number | null
  published_at: number | null
  changed_at: number
}

export interface CveNumberTable {
  case_id: string
  flaw_id: string
  /** One try to reserve; kept before it is sent, so that a number is never lost. */
  attempt: string
  version: number
  number: string | null
  state: 'asked' | 'denied' | 'reserved' | 'published' | 'rejected' | 'unsure'
  year: number
  asked_at: number
  at: number
}

/** A draft for another coordinator or a project's maintainers, and what came of sending it. */
export interface RelayTable {
  case_id: string
  id: string
  flaw_id: string
  version: number
  route: 'github' | 'vince' | 'akrites'
  state: 'draft' | 'begun' | 'sent' | 'not-sent' | 'unsure' | 'dropped'
  /** The draft, where it goes and its sending, sealed under the case's key. */
  body: Buffer
  handle: string | null
  made_at: number
  by_person: string
  changed_at: number
}

export interface WebhookTable {
  id: string
  organisation_id: string
  person_id: string
  key_slot: number
  /** Address and secrets, sealed. */
  body: Buffer
  state: 'active' | 'off' | 'failed'
  /** The code of why it was turned off. */
  why: string | null
  sequence: Generated<number>
  made_at: number
  failed_since: number | null
}

export interface DeliveryTable {
  webhook_id: string
  sequence: number
  id: string
  kind: string
  thing: string | null
  at: number
  next_at: number | null
  attempts: Generated<number>
  lease: string | null
  first_tried_at: number | null
  done_at: number | null
}
