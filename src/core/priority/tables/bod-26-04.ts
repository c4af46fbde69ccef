import { cells, type DecisionTable } from '../decision-table.ts'
import { AUTOMATABLE, BOD_TIMELINE, IN_KEV, PUBLICLY_EXPOSED, TECHNICAL_IMPACT } from './points.ts'

const fromMost = (point: typeof AUTOMATABLE) => ({ ...point, values: [...point.values].reverse() })

/** CISA BOD 26-04 (10 June 2026), Table 1: 16 rows, numbered as CISA lists them. */
export const BOD_26_04: DecisionTable = {
  namespace: 'cisa',
  key: 'DT_BOD2604',
  version: '1.0.0',
  name: 'CISA BOD 26-04',
  source: 'CISA BOD 26-04 Table 1; CERT/CC SSVC, commit e3b00a25 (2026-07-20), data/csv/cisa/cisa_bod_26_04_1_0_0.csv',
  inputs: [PUBLICLY_EXPOSED, IN_KEV, fromMost(AUTOMATABLE), fromMost(TECHNICAL_IMPACT)],
  outcome: BOD_TIMELINE,
  // Automatable total, automatable partial, not automatable total, not automatable partial.
  cells: cells(
    `3DF 3D 3DF 14D
     3D 14D 14D 60D
     3DF 14D 14D 14D
     60D 60D FSU FSU`,
    'words',
  ),
}
