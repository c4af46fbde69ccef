import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { drive } from './drive.ts'
import { openAttachment } from './open-attachment.ts'
import { openSequence } from './open-sequence.ts'
import { readInspectLog } from './read-log.ts'

const FOLDER = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'evals', 'inspect-logs')

interface Expected {
  readonly file: string
  readonly header_present: boolean
  readonly version: number
  readonly status: string
  readonly task: string
  readonly model: string
  readonly inspect_version?: string
  readonly created: string
  readonly epochs: number | null
  readonly total_samples: number | null
  readonly completed_samples: number | null
  readonly header_metrics: readonly { name: string; reducer: string | null; metrics: Record<string, number> }[]
  readonly samples_in_file: number
  readonly recomputed: Record<string, { n_numeric: number; mean_over_samples: number | null; stderr: number }>
  readonly samples: readonly {
    id: string | number
    epoch: number
    scores: Record<string, unknown> | null
    messages: number
    model_events: number
    tool_events: number
  }[]
}

/** The expected values count no events that stand in an old log's `transcript`; these two have one of a model there. */
const IN_TRANSCRIPT = new Set(['derived/log_formats_nan_score.json', 'mit/aisi_log_formats.json'])

const expected = existsSync(FOLDER) ? (JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as Expected[]) : []

test('every log of the corpus reads as expected', (t) => {
  if (expected.length === 0) return t.skip('WEIR_CORPUS is not set: real logs are not read')
  for (const one of expected) {
    const { header, samples, recomputed, headerPresent } = readFile(one.file).log
    assert.deepEqual(
      {
        header_present: headerPresent,
        version: header.version,
        status: header.status,
        task: header.task,
        model: header.model,
        inspect_version: header.inspectVersion ?? undefined,
        created: header.created,
        epochs: header.epochs,
        total_samples: header.totalSamples,
        completed_samples: header.completedSamples,
        samples_in_file: samples.length,
      },
      {
        header_present: one.header_present,
        version: one.version,
        status: one.status,
        task: one.task,
        model: one.model,
        inspect_version: one.inspect_version,
        created: one.created,
        epochs: one.epochs,
        total_samples: one.total_samples,
        completed_samples: one.completed_samples,
        samples_in_file: one.samples_in_file,
      },
      one.file,
    )
    assert.deepEqual(
      header.scores.map((score) => ({
        name: score.name,
        reducer: score.reducer,
        metrics: Object.fromEntries(score.metrics.map((metric) => [metric.name, metric.value])),
      })),
      one.header_metrics,
      one.file,
    )
    const byName = (a: { id: unknown; epoch: number }, b: { id: unknown; epoch: number }) =>
      String(a.id) < String(b.id) ? -1 : String(a.id) > String(b.id) ? 1 : a.epoch - b.epoch
    assert.deepEqual(
      samples
        .map((row) => ({
          id: row.id,
          epoch: row.epoch,
          scores: Object.fromEntries(row.scores.map((score) => [score.scorer, unNaN(score.value)])),
          messages: row.messages,
          model_events: row.events['model'] ?? 0,
          tool_events: row.events['tool'] ?? 0,
        }))
        .sort(byName),
      one.samples
        .map((sample) => ({
          ...sample,
          scores: sample.scores ?? {},
          ...(IN_TRANSCRIPT.has(one.file) ? { model_events: 1 } : {}),
        }))
        .sort(byName),
      one.file,
    )
    for (const [scorer, { n_numeric, mean_over_samples, stderr }] of Object.entries(one.recomputed)) {
      const ours = recomputed.find((score) => score.scorer === scorer)
      assert.ok(ours, `${one.file} ${scorer}`)
      assert.equal(ours.numeric, n_numeric, one.file)
      assert.ok(near(ours.mean ?? 0, mean_over_samples ?? 0), `${one.file}: mean ${ours.mean}`)
      assert.ok(near(ours.stderr ?? 0, stderr), `${one.file}: stderr ${ours.stderr}`)
    }
  }
})

test('what is told of real logs is true and no more', (t) => {
  if (expected.length === 0) return t.skip('WEIR_CORPUS is not set: real logs are not read')
  const told = expected.map(({ file }) => {
    const { log } = readFile(file)
    return [file, log.isFinished, ...log.findings.map((finding) => finding.code)] as const
  })
  assert.deepEqual(
    told.filter(([, isFinished, ...codes]) => !isFinished || codes.length > 0),
    [
      // Its one score is NaN, and the header states an accuracy of 0.
      ['derived/log_formats_nan_score.json', true, 'metric.mismatch', 'metric.mismatch'],
      ['derived/popularity_interrupted_noheader.eval', false, 'header.missing', 'log.unfinished'],
      ['mit/aisi_eval_set_started.json', true, 'samples.missing', 'metric.not-recomputed'],
      // One sample of four, without a score.
      ['mit/aisi_log_tool_call_error.json', true, 'samples.missing', 'metric.mismatch', 'metric.mismatch'],
      ['mit/aisi_no-samples.json', false, 'log.unfinished', 'samples.missing', 'metric.not-recomputed'],
    ],
  )
})

test('messages, events and attachments of real samples open as they stand in the log', (t) => {
  if (expected.length === 0) return t.skip('WEIR_CORPUS is not set: real logs are not read')
  for (const { file } of expected) {
    const { bytes, log } = readFile(file)
    for (const row of log.samples.slice(0, 3)) {
      const first = drive(openSequence(row, 'messages', { from: 0, count: 2 }), bytes)
      const rest = drive(openSequence(row, 'messages', { from: 2, count: 1000 }), bytes)
      assert.deepEqual([first.wrong, rest.wrong], [null, null], file)
      assert.equal(first.items.length + rest.items.length, row.messages, file)
      assert.equal(first.next, row.messages > 2 ? 2 : null, file)
      for (const { value } of [...first.items, ...rest.items])
        assert.equal(typeof (value as { role: unknown }).role, 'string', file)
      const events = drive(openSequence(row, 'events', { from: 0, count: 1000 }), bytes)
      const kinds = events.items.map(({ value }) => (value as { event: string }).event)
      for (const [kind, count] of Object.entries(row.events))
        assert.equal(kinds.filter((one) => one === kind).length, count, file)
      const pointers = [...JSON.stringify(events.items).matchAll(/attachment:\/\/([0-9a-f]+)/g)].map((match) => match[1]!)
      for (const pointer of new Set(pointers.slice(0, 5))) {
        assert.equal(typeof drive(openAttachment(row, pointer), bytes), 'string', `${file} ${pointer}`)
      }
    }
  }
})

function readFile(file: string) {
  const bytes = readFileSync(join(FOLDER, file))
  const read = drive(readInspectLog({ name: file, size: bytes.length }), bytes)
  assert.ok(read.ok, file)
  return { bytes, log: read.log }
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12
}

/** The expected values were written with null for NaN. */
function unNaN(value: unknown): unknown {
  return value === 'NaN' ? null : value
}
