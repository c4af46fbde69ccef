// What is assumed where nobody has judged: one default per decision point, with the sentence people are shown.
import type { Answer, Answers } from './judgement.ts'

function assumed(value: string, because: string): Answer {
  return { value, by: 'clearinghouse', assumed: true, because }
}

/** Defaults of the first cut, by point key. */
export const ASSUMPTIONS: Answers = {
  E: assumed('N', 'Nobody has stated exploitation or a public proof of concept.'),
  A: assumed('N', 'Nobody has judged whether an attack can be automated.'),
  VD: assumed('D', 'Nobody has judged how much one attacked system is worth.'),
  TI: assumed('P', 'No CVSS vector or crash says that control is total.'),
  PSI: assumed('M', 'Nobody has stated an impact on public safety.'),
  RP: assumed('N', 'No public name of the flaw was stated.'),
  SCON: assumed('N', 'Nobody has said that the supplier was told.'),
  RC: assumed('C', 'Nothing speaks against the report.'),
  SC: assumed('O', 'One supplier is stated or none.'),
  SE: assumed('U', 'No supplier takes part yet.'),
}
