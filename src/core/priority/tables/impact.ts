// The three small tables that combine two answers into one input of a larger table.
import { cells, type DecisionTable } from '../decision-table.ts'
import { AUTOMATABLE, HUMAN_IMPACT, MISSION_IMPACT, PUBLIC_SAFETY, SAFETY_IMPACT, UTILITY, VALUE_DENSITY } from './points.ts'

const SOURCE = 'CERT/CC SSVC, commit e3b00a25 (2026-07-20), data/csv/ssvc'

/** Utility to an attacker: 4 rows. */
export const UTILITY_TABLE: DecisionTable = {
  namespace: 'ssvc',
  key: 'DT_U',
  version: '1.0.0',
  name: 'Utility',
  source: SOURCE,
  inputs: [AUTOMATABLE, VALUE_DENSITY],
  outcome: UTILITY,
  // diffuse, concentrated
  cells: cells('LE ES'),
}

/** Human impact at an operator's: 16 rows. */
export const HUMAN_IMPACT_TABLE: DecisionTable = {
  namespace: 'ssvc',
  key: 'DT_HI',
  version: '1.0.0',
  name: 'Human Impact',
  source: SOURCE,
  inputs: [SAFETY_IMPACT, MISSION_IMPACT],
  outcome: HUMAN_IMPACT,
  // degraded, support crippled, essential function fails, mission fails
  cells: cells('L L M VH  L L M VH  M H H VH  VH VH VH VH', 'words'),
}

/** Public safety impact: 4 rows. */
export const PUBLIC_SAFETY_TABLE: DecisionTable = {
  namespace: 'ssvc',
  key: 'DT_PSI',
  version: '1.0.0',
  name: 'Public Safety Impact',
  source: SOURCE,
  inputs: [SAFETY_IMPACT],
  outcome: PUBLIC_SAFETY,
  cells: cells('MSSS'),
}
