// What a coordinator does with a report: CERT/CC's table, and the one a clearinghouse needs, computed from it.
import { cells, type DecisionTable } from '../decision-table.ts'
import {
  COORDINATE,
  PUBLIC_SAFETY,
  REPORT_CREDIBILITY,
  REPORT_PUBLIC,
  SUPPLIER_CARDINALITY,
  SUPPLIER_CONTACTED,
  SUPPLIER_ENGAGEMENT,
  UTILITY,
} from './points.ts'

/** Coordinator triage as published: 192 rows. Declines, among others, whatever its supplier has not been told of. */
export const TRIAGE_STOCK: DecisionTable = {
  namespace: 'ssvc',
  key: 'DT_COORD_TRIAGE',
  version: '1.0.0',
  name: 'Coordinator Triage',
  source: 'CERT/CC SSVC, commit e3b00a25 (2026-07-20), data/csv/ssvc/coordinator_triage_1_0_0.csv',
  inputs: [
    REPORT_PUBLIC,
    SUPPLIER_CONTACTED,
    REPORT_CREDIBILITY,
    SUPPLIER_CARDINALITY,
    SUPPLIER_ENGAGEMENT,
    UTILITY,
    PUBLIC_SAFETY,
  ],
  outcome: COORDINATE,
  // A line: one supplier active, one unresponsive, several active, several unresponsive; six letters are LM LS EM ES SM SS of
  // utility and safety. Lines: not credible, credible; in pairs: not contacted, contacted; report public first.
  cells: cells(`
    DDDDDD DDDDDD DDDDDC DDDDDC
    DDDDDD DDDDDD DDDDDC DDDDDC
    DDDDDD DDDDDD DDDDDC DDDDDC
    DDDDDD DDDDDD DDDDDC DDDDDC
    DDDDDD DDDDDD DDDDDC DDDDDC
    DDDDDD DDDDDD DDDDDC DDDDDC
    DDDTDT DDDTDT DTDTTC DTDTTC
    DDDTDT TCCCCC DTDTCC CCCCCC`),
}

// The stock rows in which the supplier was contacted, in order: the second input cut out.
function withoutContact(stock: DecisionTable): readonly string[] {
  const perAnswer = stock.cells.length / 4
  return stock.cells.filter((_, index) => Math.floor(index / perAnswer) % 2 === 1)
}

/**
 * Weir's triage: 96 rows, the stock table without its question whether the supplier was contacted. A human coordinator may send
 * a finder to the supplier first; a clearinghouse is that first contact, so declining for it would lose the report.
 * The namespace follows the SSVC grammar for private ones (x_, reversed domain, # and a fragment); weir.alt cannot be
 * anybody's domain (RFC 9476).
 */
export const TRIAGE_WEIR: DecisionTable = {
  namespace: 'x_alt.weir#clearinghouse',
  key: 'DT_COORD_TRIAGE',
  version: '1.0.0',
  name: 'Clearinghouse Triage',
  source: 'Computed from ssvc:DT_COORD_TRIAGE:1.0.0: its rows with SCON=Y, SCON left out',
  inputs: TRIAGE_STOCK.inputs.filter((point) => point !== SUPPLIER_CONTACTED),
  outcome: COORDINATE,
  cells: withoutContact(TRIAGE_STOCK),
}
