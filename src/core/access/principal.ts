import type { Id } from '../kernel/id.ts'

export const ROLES = [
  'finder',
  'maintainer',
  'coordinator',
  'operator',
  'developer',
  // Of the office that keeps dockets: takes up inquiries and seats people. What one reads of a docket hangs on its seats.
  'officer',
  'evaluator',
  'partner',
  'inspector',
  // Keeps the people of one organisation: its own. What it may give is in grantable.ts.
  'group-admin',
  'administrator',
  // Of machines only: nobody is given it in person (see PERSON_ROLES).
  'runner',
] as const
export type Role = (typeof ROLES)[number]

/** The roles that people are given. */
export const PERSON_ROLES = ROLES.filter((role) => role !== 'runner')

/** What a token may be used for; a person's session carries all of them. */
export const SCOPES = [
  'report:send',
  'finding:read',
  'flaw:read',
  'flaw:decide',
  'validation:ask',
  'job:lease',
  'docket:read',
  'docket:act',
  'claim:make',
  'case:read',
  'case:act',
  'record:send',
  'exposure:read',
  'exposure:act',
  'ledger:read',
  'people:manage',
  'token:manage',
] as const
export type Scope = (typeof SCOPES)[number]

/** Who asks. A stranger is a principal too: one without organisation and roles. */
export interface Principal {
  readonly kind: 'stranger' | 'person' | 'machine'
  readonly person: Id<'person'> | null
  readonly organisation: Id<'organisation'> | null
  readonly roles: readonly Role[]
  readonly scopes: readonly Scope[]
  /** Whoever keeps the people of their organisation keeps them out of what it takes part in; see permits.ts. */
  readonly outOfCases?: boolean
}

export const STRANGER: Principal = { kind: 'stranger', person: null, organisation: null, roles: [], scopes: ['report:send'] }
