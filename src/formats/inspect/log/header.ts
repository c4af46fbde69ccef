import { isObject, listOf, numberOf, objectOf, type PlainObject, textOf } from '../json/plain.ts'
import { provenanceOf } from './provenance.ts'
import type { Provenance } from './sample-row.ts'

export const STATUSES = ['started', 'success', 'cancelled', 'error'] as const
export type LogStatus = (typeof STATUSES)[number]

/** What a log says of itself as a whole. All text is hostile. */
export interface LogHeader {
  readonly version: number | null
  readonly status: LogStatus
  readonly error: string | null
  readonly task: string
  /** Equal in a log and in those that retry it. */
  readonly taskId: string | null
  readonly evalId: string | null
  readonly runId: string | null
  readonly created: string | null
  readonly model: string
  readonly modelArgs: PlainObject
  readonly inspectVersion: string | null
  readonly packages: PlainObject
  readonly revision: PlainObject | null
  readonly config: PlainObject
  readonly epochs: number | null
  readonly reducers: readonly string[]
  /** Ids of the samples that were to be run; null in logs before they were written down. */
  readonly planned: readonly (string | number)[] | null
  readonly totalSamples: number | null
  readonly completedSamples: number | null
  readonly scores: readonly HeaderScore[]
  readonly modelUsage: PlainObject
  readonly invalidated: boolean
  /** Changes made to the log after it was written, and to its configuration while it ran. */
  readonly logUpdates: readonly LogUpdate[]
  readonly configUpdates: readonly unknown[]
}

export interface HeaderScore {
  readonly name: string
  readonly scorer: string
  readonly reducer: string | null
  readonly metrics: readonly HeaderMetric[]
}

export interface HeaderMetric {
  readonly name: string
  /** Null where it is `NaN` or no number. */
  readonly value: number | null
  readonly params: PlainObject
  readonly group: string | null
}

export interface LogUpdate {
  readonly by: Provenance | null
  readonly edits: readonly unknown[]
}

const MOST = 1000
const MOST_SCORES = 100
const MOST_METRICS = 50
const LONGEST_NAME = 400

/** Reads the top-level values of a log; whatever is missing or of another type counts as not stated. */
export function readHeader(root: ReadonlyMap<string, unknown>): LogHeader {
  const spec = objectOf(root.get('eval'))
  const config = objectOf(spec['config'])
  const dataset = objectOf(spec['dataset'])
  const results = objectOf(root.get('results'))
  const status = root.get('status')
  const ids = dataset['sample_ids']
  const reducer = config['epochs_reducer']
  return {
    version: numberOf(root.get('version')),
    status: STATUSES.find((one) => one === status) ?? 'started',
    error: textOf(objectOf(root.get('error'))['message'])?.slice(0, MOST) ?? null,
    task: nameOf(spec['task']) ?? '',
    taskId: nameOf(spec['task_id']),
    evalId: nameOf(spec['eval_id']),
    runId: nameOf(spec['run_id']),
    created: nameOf(spec['created']),
    model: nameOf(spec['model']) ?? '',
    modelArgs: objectOf(spec['model_args']),
    inspectVersion: nameOf(objectOf(spec['packages'])['inspect_ai']),
    packages: objectOf(spec['packages']),
    revision: isObject(spec['revision']) ? spec['revision'] : null,
    config,
    epochs: numberOf(config['epochs']),
    reducers: (typeof reducer === 'string' ? [reducer] : listOf(reducer))
      .filter((one) => typeof one === 'string')
      .slice(0, MOST),
    planned: Array.isArray(ids) ? ids.filter((id) => typeof id === 'string' || typeof id === 'number') : null,
    totalSamples: numberOf(results['total_samples']),
    completedSamples: numberOf(results['completed_samples']),
    scores: headerScores(results),
    modelUsage: objectOf(objectOf(root.get('stats'))['model_usage']),
    invalidated: root.get('invalidated') === true,
    logUpdates: listOf(root.get('log_updates')).slice(0, MOST).map(updateOf),
    configUpdates: listOf(root.get('config_updates')).slice(0, MOST),
  }
}

function nameOf(value: unknown): string | null {
  return textOf(value)?.slice(0, LONGEST_NAME) ?? null
}

function headerScores(results: PlainObject): readonly HeaderScore[] {
  if (Array.isArray(results['scores'])) return results['scores'].slice(0, MOST_SCORES).map(objectOf).map(scoreOf)
  // Until mid 2024 there was one scorer, and its metrics stood beside it.
  if (!isObject(results['metrics'])) return []
  const scorer = results['scorer']
  const name = nameOf(scorer) ?? nameOf(objectOf(scorer)['name']) ?? ''
  return [{ name, scorer: name, reducer: null, metrics: metricsOf(results['metrics']) }]
}

function scoreOf(score: PlainObject): HeaderScore {
  const name = nameOf(score['name']) ?? ''
  const scorer = nameOf(score['scorer']) ?? name
  return { name: name || scorer, scorer, reducer: nameOf(score['reducer']), metrics: metricsOf(objectOf(score['metrics'])) }
}

function metricsOf(metrics: PlainObject): readonly HeaderMetric[] {
  return Object.entries(metrics)
    .slice(0, MOST_METRICS)
    .map(([key, metric]) => {
      const stated = objectOf(metric)
      return {
        name: nameOf(stated['name'] ?? key) ?? '',
        value: numberOf(isObject(metric) ? stated['value'] : metric),
        params: objectOf(stated['params'] ?? stated['options']),
        group: nameOf(stated['group']),
      }
    })
}

function updateOf(value: unknown): LogUpdate {
  const update = objectOf(value)
  return { by: provenanceOf(update['provenance']), edits: listOf(update['edits']).slice(0, MOST) }
}
