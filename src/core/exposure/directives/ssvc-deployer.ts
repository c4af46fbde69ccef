import { DEPLOYER_TABLE } from '../../priority/tables/patching.ts'
import type { Directive } from './directive.ts'
import type { Tier } from './tier.ts'

const priority = (key: string, name: string, rank: number): Tier => ({
  key,
  name,
  days: null,
  otherwise: 'priority',
  triage: false,
  rank,
})

/** SSVC's priority for whoever deploys a patch. It orders work and sets no days. */
export const SSVC_DEPLOYER: Directive = {
  id: 'ssvc-deployer',
  version: '1.0.0',
  name: 'SSVC deployer patch priority',
  source: DEPLOYER_TABLE.source,
  issued: null,
  appliesFrom: null,
  binds: 'Nobody: a method that organisations choose.',
  needsCve: false,
  starts: 'first-event',
  rule: {
    kind: 'deployer',
    table: DEPLOYER_TABLE,
    tiers: {
      I: priority('I', 'Immediate', 4),
      O: priority('O', 'Out-of-Cycle', 3),
      S: priority('S', 'Scheduled', 2),
      D: priority('D', 'Defer', 1),
    },
  },
}
