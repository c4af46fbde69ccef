// How soon a supplier makes a patch, and how soon a deployer applies it.
import { cells, type DecisionTable } from '../decision-table.ts'
import {
  AUTOMATABLE,
  DSOI,
  EXPLOITATION,
  HUMAN_IMPACT,
  PUBLIC_SAFETY,
  SYSTEM_EXPOSURE,
  TECHNICAL_IMPACT,
  UTILITY,
} from './points.ts'

const SOURCE = 'CERT/CC SSVC, commit e3b00a25 (2026-07-20), data/csv/ssvc'

/** Supplier: 36 rows. */
export const SUPPLIER_TABLE: DecisionTable = {
  namespace: 'ssvc',
  key: 'DT_SP',
  version: '1.0.0',
  name: 'Supplier Patch Development Priority',
  source: SOURCE,
  inputs: [EXPLOITATION, UTILITY, TECHNICAL_IMPACT, PUBLIC_SAFETY],
  outcome: DSOI,
  // Utility laborious, efficient, super effective; in each: partial minimal, partial significant, total minimal, total significant.
  cells: cells(`
    DSSO SOSO SOOO
    SOSI SIOI OIOI
    OIOI OIOI IIII`),
}

/** Deployer: 72 rows. */
export const DEPLOYER_TABLE: DecisionTable = {
  namespace: 'ssvc',
  key: 'DT_DP',
  version: '1.0.0',
  name: 'Deployer Patch Application Priority',
  source: SOURCE,
  inputs: [EXPLOITATION, SYSTEM_EXPOSURE, AUTOMATABLE, HUMAN_IMPACT],
  outcome: DSOI,
  // Exposure small, controlled, open; in each: not automatable, automatable; four letters are human impact low to very high.
  cells: cells(`
    DDSS DSSS  DSSS SSSS  DSSS SSSO
    DSSS SSSS  DSSS SSSO  SSSO SSOO
    SSOO SOOO  SSOO OOOO  SOOI OOII`),
}
