import { instant } from '../../kernel/instant.ts'
import { BOD_26_04 } from '../../priority/tables/bod-26-04.ts'
import type { Directive } from './directive.ts'
import { dayTier, type Tier } from './tier.ts'

/** By the outcome keys of the table. "Fix on system upgrade" has no day count (reference: next scheduled major upgrade or rebuild). */
const TIERS: Readonly<Record<string, Tier>> = {
  '3DF': dayTier('3DF', '3 days and forensic triage', 3, 5, true),
  '3D': dayTier('3D', '3 days', 3, 4),
  '14D': dayTier('14D', '14 days', 14, 3),
  '60D': dayTier('60D', '60 days', 60, 2),
  FSU: { key: 'FSU', name: 'Fix on system upgrade', days: null, otherwise: 'upgrade', triage: false, rank: 1 },
}

/** The tier that one of the two readings of missing metadata gives whatever the rest says. */
export const SIXTY_DAYS: Tier = TIERS['60D']!

/** CISA's Binding Operational Directive 26-04 of 10 June 2026; remediation by its Table 1 is due of agencies from 7 December 2026. */
export const BOD_26_04_DIRECTIVE: Directive = {
  id: 'bod-26-04',
  version: '1.0.0',
  name: 'CISA BOD 26-04, Prioritizing Security Updates Based on Risk',
  source: 'CISA BOD 26-04, 10 June 2026, Table 1 and Appendix A; rows as in CERT/CC SSVC cisa:DT_BOD2604:1.0.0',
  issued: instant(Date.UTC(2026, 5, 10)),
  appliesFrom: instant(Date.UTC(2026, 11, 7)),
  binds:
    'Federal Civilian Executive Branch agencies, and federal systems that others run on their behalf; no national security systems.',
  needsCve: true,
  starts: 'first-event',
  rule: { kind: 'bod-26-04', table: BOD_26_04, tiers: TIERS },
}
