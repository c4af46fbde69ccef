import { type DecisionTable, idOf } from '../decision-table.ts'
import { BOD_26_04 } from './bod-26-04.ts'
import { HUMAN_IMPACT_TABLE, PUBLIC_SAFETY_TABLE, UTILITY_TABLE } from './impact.ts'
import { DEPLOYER_TABLE, SUPPLIER_TABLE } from './patching.ts'
import { PUBLICATION_TABLE } from './publication.ts'
import { TRIAGE_STOCK, TRIAGE_WEIR } from './triage.ts'

/** Every table Weir knows, old versions included: one that a decision was made with is never taken out. */
export const TABLES: readonly DecisionTable[] = [
  TRIAGE_WEIR,
  TRIAGE_STOCK,
  SUPPLIER_TABLE,
  DEPLOYER_TABLE,
  PUBLICATION_TABLE,
  BOD_26_04,
  UTILITY_TABLE,
  HUMAN_IMPACT_TABLE,
  PUBLIC_SAFETY_TABLE,
]

const BY_ID = new Map(TABLES.map((table) => [idOf(table), table]))

/** The table with that id and version, for example `ssvc:DT_SP:1.0.0`; null where Weir has none. */
export function tableById(id: string): DecisionTable | null {
  return BY_ID.get(id) ?? null
}
