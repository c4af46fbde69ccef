import { PERSON_ROLES, type Principal, type Role } from './principal.ts'

/**
 * What a group-admin gives, and all that somebody may hold whom a group-admin keeps. Closed: a role that is new, and every role
 * that reads or decides beyond one organisation, stays the administrator's to give.
 */
export const GRANTABLE: readonly Role[] = ['finder', 'maintainer', 'operator', 'group-admin']

/** The roles that `who` may give and take, in whichever organisation the policy lets them near; none for most. */
export function rolesToGive({ roles }: Pick<Principal, 'roles'>): readonly Role[] {
  if (roles.includes('administrator')) return PERSON_ROLES
  return roles.includes('group-admin') ? GRANTABLE : []
}

/** Whether `who` may give all of these, and so also change or end somebody who holds them. */
export function mayGive(who: Pick<Principal, 'roles'>, roles: readonly string[]): boolean {
  const given: readonly string[] = rolesToGive(who)
  return roles.every((role) => given.includes(role))
}
