import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { evaluateHorizons } from '../src/core/evaluation/horizon/evaluate.ts'
import { METR_1_1 } from '../src/core/evaluation/horizon/profile.ts'
import { horizonReport } from '../src/core/evaluation/horizon/report.ts'
import { rateSummaries } from '../src/core/evaluation/rates/summary.ts'
import { joinSlices, resampleSlice, type Slice } from '../src/core/evaluation/resample/slice.ts'
import { headline } from '../src/core/evaluation/table/choice.ts'
import { type Panel, panelOf } from '../src/core/evaluation/table/panel.ts'
import { evalFolder, lyptus2026, metrJanuary } from '../src/devkit/eval-data.ts'

// What a measurement's statistics cost: 11 models × 10,000 resamples of real runs, on one thread and on two, with equal answers.

const RESAMPLES = 10_000
const SEED = 1

export interface EvaluationRow {
  readonly bench: string
  readonly [figure: string]: string | number
}

/** Fits, rates and resamples of the public runs in the folder that WEIR_CORPUS names; no row without them. */
export async function* benchEvaluation(): AsyncGenerator<EvaluationRow> {
  const folder = evalFolder()
  if (folder === null) {
    process.stderr.write('bench evaluation: WEIR_CORPUS names no folder with the public runs\n')
    return
  }
  const table = lyptus2026(folder)
  const choice = headline('best')
  const reading = timed(() => panelOf(table, choice))
  yield { bench: 'panel', rows: table.runs.length, ms: reading.ms }
  const fits = timed(() => evaluateHorizons(table, choice, METR_1_1, null))
  yield { bench: 'fits', models: fits.value.models.length, ms: fits.ms }
  const rates = timed(() => rateSummaries(metrJanuary(folder), 'F', 'drop', [1, 4]))
  yield { bench: 'rates', runs: 7059, models: rates.value.length, ms: rates.ms }
  for (const units of ['families', 'tasks'] as const) {
    const one = timed(() => resampleSlice(reading.value, METR_1_1, { seed: SEED, units }, 0, RESAMPLES))
    yield { bench: 'resamples', units, models: one.value.models.length, resamples: RESAMPLES, threads: 1, ms: one.ms }
  }
  const began = performance.now()
  const joined = joinSlices(await Promise.all([0, 1].map((half) => inWorker(reading.value, half))))
  if (joined === null) throw new Error('the halves do not join')
  const ms = since(began)
  const report = horizonReport(reading.value, METR_1_1, { seed: SEED, families: joined, tasksOnly: null })
  const alone = evaluateHorizons(table, choice, METR_1_1, { resamples: RESAMPLES, seed: SEED, tasksOnly: false })
  const equal = JSON.stringify(report) === JSON.stringify(alone) ? 'yes' : 'no'
  yield { bench: 'resamples', units: 'families', models: 11, resamples: RESAMPLES, threads: 2, ms, equalToOneThread: equal }
}

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const began = performance.now()
  const value = work()
  return { value, ms: since(began) }
}

const since = (began: number) => Math.round((performance.now() - began) * 10) / 10

function inWorker(panel: Panel, half: number): Promise<Slice> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { panel, half } })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

if (!isMainThread && parentPort) {
  const { panel, half } = workerData as { panel: Panel; half: number }
  const from = (half * RESAMPLES) / 2
  parentPort.postMessage(resampleSlice(panel, METR_1_1, { seed: SEED, units: 'families' }, from, from + RESAMPLES / 2))
}
