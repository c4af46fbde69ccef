import { POLICY } from './policy-table.ts'
import { PERSON_ROLES, type Role, SCOPES, type Scope } from './principal.ts'

/** The scopes a token of someone with these roles may carry: those that some row of the policy would honour for them. */
export function scopesOf(roles: readonly Role[]): readonly Scope[] {
  const speaks = POLICY.filter(({ who }) => who === 'anyone' || who === 'signed-in' || roles.some((role) => role === who))
  return SCOPES.filter((scope) => speaks.some((rule) => rule.scope === scope))
}

/** The words as roles of a person in the table's order, each once; null when one of them is no such role. */
export function parseRoles(words: readonly string[]): readonly Role[] | null {
  return words.every((word) => (PERSON_ROLES as readonly string[]).includes(word))
    ? PERSON_ROLES.filter((role) => words.includes(role))
    : null
}

/** The words as scopes, each once; null when one of them is no scope. */
export function parseScopes(words: readonly string[]): readonly Scope[] | null {
  return words.every((word) => (SCOPES as readonly string[]).includes(word))
    ? SCOPES.filter((scope) => words.includes(scope))
    : null
}
