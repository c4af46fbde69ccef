// The decision points of the tables beside this file: keys, versions and value names as published by CERT/CC (SSVC, commit
// e3b00a25, July 2026, MIT (SEI)-style licence) and CISA. Definitions of the values are theirs to read: https://certcc.github.io/SSVC/
import type { DecisionPoint } from '../decision-table.ts'

function point(namespace: string, key: string, version: string, name: string, values: Record<string, string>): DecisionPoint {
  return { namespace, key, version, name, values: Object.entries(values).map(([k, label]) => ({ key: k, name: label })) }
}

export const EXPLOITATION = point('ssvc', 'E', '1.1.0', 'Exploitation', { N: 'None', P: 'Public PoC', A: 'Active' })
export const AUTOMATABLE = point('ssvc', 'A', '2.0.0', 'Automatable', { N: 'No', Y: 'Yes' })
export const VALUE_DENSITY = point('ssvc', 'VD', '1.0.0', 'Value Density', { D: 'Diffuse', C: 'Concentrated' })
export const UTILITY = point('ssvc', 'U', '1.0.1', 'Utility', { L: 'Laborious', E: 'Efficient', S: 'Super Effective' })
export const TECHNICAL_IMPACT = point('ssvc', 'TI', '1.0.0', 'Technical Impact', { P: 'Partial', T: 'Total' })
export const SAFETY_IMPACT = point('ssvc', 'SI', '2.0.1', 'Safety Impact', {
  N: 'Negligible',
  M: 'Marginal',
  R: 'Critical',
  C: 'Catastrophic',
})
export const MISSION_IMPACT = point('ssvc', 'MI', '2.0.0', 'Mission Impact', {
  D: 'Degraded',
  MSC: 'MEF Support Crippled',
  MEF: 'MEF Failure',
  MF: 'Mission Failure',
})
export const PUBLIC_SAFETY = point('ssvc', 'PSI', '2.0.1', 'Public Safety Impact', { M: 'Minimal', S: 'Significant' })
export const HUMAN_IMPACT = point('ssvc', 'HI', '2.0.2', 'Human Impact', { L: 'Low', M: 'Medium', H: 'High', VH: 'Very High' })
export const SYSTEM_EXPOSURE = point('ssvc', 'EXP', '1.0.1', 'System Exposure', { S: 'Small', C: 'Controlled', O: 'Open' })

export const REPORT_PUBLIC = point('ssvc', 'RP', '1.0.0', 'Report Public', { Y: 'Yes', N: 'No' })
export const SUPPLIER_CONTACTED = point('ssvc', 'SCON', '1.0.0', 'Supplier Contacted', { N: 'No', Y: 'Yes' })
export const REPORT_CREDIBILITY = point('ssvc', 'RC', '1.0.0', 'Report Credibility', { NC: 'Not Credible', C: 'Credible' })
export const SUPPLIER_CARDINALITY = point('ssvc', 'SC', '1.0.0', 'Supplier Cardinality', { O: 'One', M: 'Multiple' })
export const SUPPLIER_ENGAGEMENT = point('ssvc', 'SE', '1.0.0', 'Supplier Engagement', { A: 'Active', U: 'Unresponsive' })
export const SUPPLIER_INVOLVEMENT = point('ssvc', 'SINV', '1.0.0', 'Supplier Involvement', {
  FR: 'Fix Ready',
  C: 'Cooperative',
  UU: 'Uncooperative/Unresponsive',
})
export const PUBLIC_VALUE = point('ssvc', 'PVA', '1.0.0', 'Public Value Added', {
  L: 'Limited',
  A: 'Ampliative',
  P: 'Precedence',
})

// From the most to the least, as CISA's own table lists them, so that our rows carry its row numbers.
export const PUBLICLY_EXPOSED = point('cisa', 'PE', '1.0.0', 'Publicly Exposed', { Y: 'Yes', N: 'No' })
export const IN_KEV = point('cisa', 'KEV', '1.0.0', 'In KEV', { Y: 'Yes', N: 'No' })

export const DSOI = point('ssvc', 'DSOI', '1.0.0', 'Defer, Scheduled, Out-of-Cycle, Immediate', {
  D: 'Defer',
  S: 'Scheduled',
  O: 'Out-of-Cycle',
  I: 'Immediate',
})
export const COORDINATE = point('ssvc', 'COORDINATE', '1.0.1', 'Decline, Track, Coordinate', {
  D: 'Decline',
  T: 'Track',
  C: 'Coordinate',
})
export const PUBLISH = point('ssvc', 'PUBLISH', '1.0.0', 'Publish, Do Not Publish', { N: 'Do Not Publish', P: 'Publish' })
export const BOD_TIMELINE = point('cisa', 'BOD2604', '1.0.0', 'CISA BOD 26-04 Remediation Timelines', {
  FSU: 'Fix on system upgrade',
  '60D': '60 days',
  '14D': '14 days',
  '3D': '3 days',
  '3DF': '3 days & forensic triage',
})
