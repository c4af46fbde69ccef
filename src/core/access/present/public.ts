import { type Presented, presented } from './presented.ts'

/** What anyone may read: counts and the ledger's head. The caller put nothing else in; the type names the few sources. */
export function presentPublic<T extends object>(view: T): Presented<T> {
  return presented(view)
}

/** What a caller may read of themselves and their own instance, people or tokens, after the policy was asked. */
export function presentAccount<T extends object>(view: T): Presented<T> {
  return presented(view)
}
