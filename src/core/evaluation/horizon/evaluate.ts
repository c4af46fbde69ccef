import { resampleSlice } from '../resample/slice.ts'
import type { HorizonReport, Missing, Treatment } from '../result.ts'
import type { RunTable } from '../run-row.ts'
import type { Choice } from '../table/choice.ts'
import { panelOf } from '../table/panel.ts'
import { isRun } from '../table/worth.ts'
import type { Profile } from './profile.ts'
import { horizonReport } from './report.ts'

/**
 * How many resamples (whole, up to a million), from which seed (whole, from 0); null for the fits alone. `tasksOnly` adds the
 * interval that is shown beside.
 */
export type Ask = { readonly resamples: number; readonly seed: number; readonly tasksOnly: boolean } | null

const MOST_RESAMPLES = 1_000_000

/** Reads, fits, resamples and judges in one go and one thread; a caller with workers joins slices and calls `horizonReport`. */
export function evaluateHorizons(table: RunTable, choice: Choice, profile: Profile, ask: Ask): HorizonReport {
  const panel = panelOf(table, choice)
  const sound = ask !== null && Number.isInteger(ask.resamples) && ask.resamples > 0 && Number.isSafeInteger(ask.seed)
  if (!sound || ask.seed < 0) return horizonReport(panel, profile, null)
  const resamples = Math.min(ask.resamples, MOST_RESAMPLES)
  const draw = (units: 'families' | 'tasks') => resampleSlice(panel, profile, { seed: ask.seed, units }, 0, resamples)
  return horizonReport(panel, profile, {
    seed: ask.seed,
    families: draw('families'),
    tasksOnly: ask.tasksOnly ? draw('tasks') : null,
  })
}

/** The three treatments of confirmed cheating side by side; they are always all shown. */
export function byTreatment(table: RunTable, choice: Choice, profile: Profile, ask: Ask): Record<Treatment, HorizonReport> {
  const differ = table.runs.some(({ cheating }) => cheating === 'confirmed')
  const own = evaluateHorizons(table, choice, profile, ask)
  const one = (treatment: Treatment): HorizonReport => {
    if (treatment === choice.treatment) return own
    if (!differ) return { ...own, method: { ...own.method, treatment } }
    return evaluateHorizons(table, { ...choice, treatment }, profile, ask)
  }
  return { F: one('F'), X: one('X'), S: one('S') }
}

/** The headline with missing attempts left out, and its bounds with all of them 0 and all of them 1. */
export function byMissing(table: RunTable, choice: Choice, profile: Profile, ask: Ask): Record<Missing, HorizonReport> {
  const differ = table.runs.some((row) => !isRun(row))
  const own = evaluateHorizons(table, choice, profile, ask)
  const one = (missing: Missing): HorizonReport => {
    if (missing === choice.missing) return own
    if (!differ) return { ...own, method: { ...own.method, missing } }
    return evaluateHorizons(table, { ...choice, missing }, profile, ask)
  }
  return { drop: one('drop'), zero: one('zero'), one: one('one') }
}
