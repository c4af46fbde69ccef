import { z } from '@hono/zod-openapi'

export const Me = z.object({
  signedIn: z.boolean(),
  person: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }).nullable(),
  organisation: z.object({ id: z.string(), name: z.string() }).nullable(),
  roles: z.array(z.string()),
  cases: z.boolean().describe('Reads and acts in the cases of the organisation, as far as the roles go'),
  instance: z.object({
    name: z.string(),
    demo: z.boolean(),
    now: z.string(),
    contact: z.string(),
    signIn: z.object({ passkey: z.boolean(), oidc: z.string().nullable().describe('Name of the identity provider') }),
    notes: z
      .array(z.string())
      .describe('What the operator of this instance must know, for example a database that is for demonstration'),
  }),
})
export type Me = z.infer<typeof Me>

export const DemoPerson = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.string(),
  roles: z.array(z.string()),
  says: z.string(),
})
export type DemoPerson = z.infer<typeof DemoPerson>

export const OrganisationRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  people: z.number().int(),
  createdAt: z.string(),
})
export const PersonRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  organisation: z.string(),
  roles: z.array(z.string()),
  cases: z.boolean().describe('Reads and acts in the cases of the organisation, as far as the roles go'),
  state: z.enum(['invited', 'active', 'left']),
  lastSeen: z.string().nullable(),
})
export const InviteRow = z.object({
  id: z.string(),
  email: z.string().nullable(),
  organisation: z.string(),
  roles: z.array(z.string()),
  expiresAt: z.string(),
  link: z.string().nullable(),
})
export const TokenRow = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.string(),
  person: z.string().nullable(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsed: z.string().nullable(),
  revoked: z.boolean(),
})
export type OrganisationRow = z.infer<typeof OrganisationRow>
export type PersonRow = z.infer<typeof PersonRow>
export type InviteRow = z.infer<typeof InviteRow>
export type TokenRow = z.infer<typeof TokenRow>
export const NewToken = z.object({
  name: z.string().min(1).max(100),
  scopes: z.array(z.string()).min(1),
  days: z.number().int().min(1).max(365).default(90),
})
export const NewInvite = z.object({
  email: z.string().max(254).nullable().default(null),
  organisation: z.string().max(200),
  roles: z.array(z.string()).min(1),
})

// Names are shown to others: no control characters, no marks that turn the direction of what follows.
const Name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+$/u, 'A name has no control characters.')

export const ORGANISATION_KINDS = [
  'clearinghouse',
  'finder',
  'vendor',
  'operator',
  'developer',
  'evaluator',
  'inspector',
] as const
export const NewOrganisation = z.object({ name: Name, kind: z.enum(ORGANISATION_KINDS) })
export const SetRoles = z.object({
  roles: z.array(z.string().max(40)).min(1).max(20),
  cases: z.boolean().optional().describe('False keeps them out of the cases of their organisation; left out: as it was'),
})
export const DemoSignIn = z.object({ person: z.string().max(40) })
export const RecoverySignIn = z.object({ code: z.string().max(100) })
export const AcceptInvite = z.object({ secret: z.string().max(200), name: Name })
/** What a new token answers, once. */
export const MadeToken = z.object({ id: z.string(), secret: z.string(), expiresAt: z.string() })
export const RecoveryCodes = z.object({ codes: z.array(z.string()) })
export type MadeToken = z.infer<typeof MadeToken>
export type RecoveryCodes = z.infer<typeof RecoveryCodes>
