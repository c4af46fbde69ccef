import type { PatchOut, ReproducerOut, ValidationRow } from '../../../contract/shapes/validation.ts'

export const VERDICT: Record<ReproducerOut['verdict'], string> = {
  confirmed: 'Confirmed',
  flaky: 'Fires sometimes',
  'not-reproduced': 'Not reproduced',
  'different-bug': 'Another bug than claimed',
  'harness-only': 'In the harness only',
  'environment-failure': 'Environment failure',
  'resource-exhaustion': 'Resources ran out',
  'did-not-build': 'Target did not build',
}

export const STANDING: Record<PatchOut['standing'], string> = {
  validated: 'Validated',
  'stops-the-reproducer': 'Stops the reproducer; too little was run to say more',
  rejected: 'Rejected',
  undecided: 'Not decided',
}

export const RUNG: Record<PatchOut['rungs'][number]['rung'], string> = {
  applies: 'Applies',
  builds: 'Builds',
  'reproducers-silent': 'Every reproducer silent',
  'variants-silent': 'Variants silent',
  tests: 'The project’s tests',
  differential: 'Same answers as before',
  'touched-code': 'Touched code',
  refuzz: 'Fuzzed again',
}

export const RUNG_OUTCOME: Record<PatchOut['rungs'][number]['outcome'], string> = {
  passed: 'passed',
  failed: 'failed',
  'not-run': 'not run',
  'not-possible': 'not possible',
}

export const STATE: Record<ValidationRow['state'], string> = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  stopped: 'Stopped',
  failed: 'Failed',
}

export const TASK: Record<ValidationRow['tasks'][number], { readonly name: string; readonly says: string }> = {
  reproduce: { name: 'Reproduce', says: 'each reproducer several times, after the controls' },
  patch: { name: 'Hold patches against the ladder', says: 'build, reproducers, variants, tests, same answers, code, fuzzing' },
  matrix: { name: 'Cross matrix', says: 'each patch against each reproducer' },
  minimise: { name: 'Shrink the inputs', says: 'smallest input with the same crash; the original stays' },
  range: { name: 'Affected range', says: 'bisects the history the target came with' },
}
