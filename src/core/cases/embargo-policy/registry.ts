import { COORDINATOR_POLICIES } from './coordinator-policies.ts'
import type { EmbargoPolicy } from './embargo-rule.ts'
import { FINDER_POLICIES } from './finder-policies.ts'
import { UPSTREAM_POLICIES } from './upstream-policies.ts'

/** Every published policy known here. A text that changes becomes another version beside the old one, which cases keep. */
export const EMBARGO_POLICIES: readonly EmbargoPolicy[] = [...UPSTREAM_POLICIES, ...FINDER_POLICIES, ...COORDINATOR_POLICIES]
