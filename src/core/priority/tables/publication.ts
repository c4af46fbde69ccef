import { cells, type DecisionTable } from '../decision-table.ts'
import { EXPLOITATION, PUBLIC_VALUE, PUBLISH, SUPPLIER_INVOLVEMENT } from './points.ts'

/** Whether a coordinator publishes, once no embargo holds: 27 rows. */
export const PUBLICATION_TABLE: DecisionTable = {
  namespace: 'ssvc',
  key: 'DT_COORD_PUBLISH',
  version: '1.0.0',
  name: 'Coordinator Publish Decision Table',
  source: 'CERT/CC SSVC, commit e3b00a25 (2026-07-20), data/csv/ssvc/coordinator_publish_decision_table_1_0_0.csv',
  inputs: [SUPPLIER_INVOLVEMENT, EXPLOITATION, PUBLIC_VALUE],
  outcome: PUBLISH,
  // Supplier: fix ready, cooperative, unresponsive; in each: exploitation none, public, active; letters: limited, ampliative, precedence.
  cells: cells(`
    NNP NNP NPP
    NNP NNP NPP
    NNP NPP PPP`),
}
