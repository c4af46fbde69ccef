import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { computeFigures } from '../../core/evaluation/figures/compute.ts'
import type { AnalysisInput } from '../../core/evaluation/figures/input.ts'
import { usualMultiverse } from '../../core/evaluation/plan/plan.ts'
import { makeBundle } from '../../core/evaluation/report/bundle.ts'
import type { Axis, RunTable } from '../../core/evaluation/run-row.ts'
import type { EvaluateOptions } from './evaluate-options.ts'

/** Writes an unsigned bundle of one model of a table, without a plan: figures and report that anybody can compute again. */
export function writeBundle(
  file: string,
  table: RunTable,
  model: string,
  axis: Axis,
  { resamples, seed, profile }: Pick<EvaluateOptions, 'resamples' | 'seed' | 'profile'>,
  at: string,
): void {
  const input: AnalysisInput = {
    rows: table.runs.map((row, n) => ({ ...row, n, reached: null })),
    tasks: table.tasks,
    model,
    suite: null,
    elicitation: [],
    settings: {
      resamples,
      seed,
      method: { profile, axis, treatment: 'F', budget: null },
      multiverse: usualMultiverse(axis),
    },
    scale: null,
  }
  const { figures } = computeFigures(input)
  const facts = { docket: null, developer: null, office: null, at, recorded: null }
  writeFileSync(file, makeBundle(input, figures, facts, null, (bytes) => hash('sha256', bytes, 'hex'), null).tar)
}
