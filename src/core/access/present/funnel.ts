import { rulesFor } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

/** Presents counts as they are to whom the policy lets list them, and to everyone else what was cut for everyone. */
export function presentFunnel<T extends object>(viewer: Principal, exact: T, cut: T): Presented<T> {
  return presented(rulesFor(viewer, 'list', 'tally').length > 0 ? exact : cut)
}
