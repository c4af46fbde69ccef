import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ArchiveMember, evalArchive } from '../../devkit/eval-archive.ts'
import { drive } from './drive.ts'
import { IMPORT_LIMITS } from './import-limits.ts'
import { openAttachment } from './open-attachment.ts'
import { openSequence, type PageAsk, type Sequence } from './open-sequence.ts'
import { readInspectLog } from './read-log.ts'

// A log that mixes the shapes a sample may have: one in a single member, one in chunks, one only in the summaries.

const message = (k: number) => ({ role: 'user', content: k === 3 ? 'attachment://1' : `message ${k}` })
const folder = 'samples/a/b_epoch_2'
const header = {
  version: 3,
  status: 'success',
  eval: { task: 't', model: 'm', config: { epochs: 2 } },
  results: { total_samples: 3, completed_samples: 3, scores: [] },
}
const members: readonly ArchiveMember[] = [
  json('_journal/start.json', { version: 3, eval: header.eval }),
  json('samples/1_epoch_1.json', { id: 1, epoch: 1, messages: [message(0)], events: [], scores: { s: { value: 1 } } }),
  json(`${folder}/sample.json`, {
    id: 'a/b',
    epoch: 2,
    scores: { s: { value: 0 } },
    model_usage: { m: { input_tokens: 5, output_tokens: 2 } },
    message_refs: [
      [0, 2],
      [3, 6],
    ],
  }),
  json(`${folder}/metadata.json`, { human_minutes: 30, long: 'x'.repeat(5000) }),
  json(`${folder}/skeleton.json`, {}),
  json(`${folder}/messages/4.json`, [message(4), message(5), message(6)]),
  json(`${folder}/messages/0.json`, [message(0), message(1), message(2), message(3)]),
  json(`${folder}/events/0.json`, [{ event: 'model', input_refs: [[0, 2]] }, { event: 'tool' }]),
  json(`${folder}/events/2.json`, [{ event: 'model' }]),
  json(`${folder}/events/stats.json`, []),
  json(`${folder}/calls/0.json`, [{ id: 'call 0' }]),
  json(`${folder}/attachments/0.json`, ['zero', 'one']),
  json(`${folder}/attachments/2.json`, ['two']),
  json('_journal/summaries/1.json', [{ id: 9, epoch: 1, scores: { s: { value: 0.5 } }, message_count: 7, limit: 'token' }]),
  json('summaries.json', [
    { id: 1, epoch: 1, scores: { s: { value: 1 } } },
    { id: 9, epoch: 1, scores: { s: { value: 0.25 } } },
  ]),
  json('header.json', header),
]
const bytes = evalArchive(members)
const read = drive(readInspectLog({ name: 'x', size: bytes.length }), bytes)
assert.ok(read.ok)
const { log } = read
const chunked = log.samples.find((row) => row.id === 'a/b')!

function json(name: string, value: unknown): ArchiveMember {
  return { name, text: JSON.stringify(value), method: 93 }
}

function open(sequence: Sequence, ask: PageAsk, limits = {}) {
  return drive(openSequence(chunked, sequence, ask, { ...IMPORT_LIMITS, ...limits }), bytes)
}

const contents = (page: ReturnType<typeof open>) =>
  page.items.map(({ index, value }) => [index, (value as { content: string }).content])

test('a chunked sample has a row like any other', () => {
  assert.deepEqual(
    log.samples.map((row) => [row.id, row.epoch, row.scores[0]?.value, row.messages, row.place?.form ?? null]),
    [
      [1, 1, 1, 1, 'member'],
      ['a/b', 2, 0, 5, 'chunked'],
      [9, 1, 0.5, 7, null],
    ],
  )
  assert.deepEqual([chunked.tokens, chunked.events, chunked.metadata], [7, { model: 2, tool: 1 }, { human_minutes: 30 }])
  assert.deepEqual([log.isFinished, log.findings.map((one) => one.code)], [true, ['sample.only-summary']])
})

test('its last conversation is what the references name, over chunks, page by page', () => {
  assert.deepEqual(contents(open('messages', { from: 0, count: 3 })), [
    [0, 'message 0'],
    [1, 'message 1'],
    [2, 'attachment://1'],
  ])
  assert.equal(open('messages', { from: 0, count: 3 }).next, 3)
  assert.deepEqual(contents(open('messages', { from: 3, count: 3 })), [
    [3, 'message 4'],
    [4, 'message 5'],
  ])
  assert.equal(open('messages', { from: 3, count: 3 }).next, null)
  assert.deepEqual(open('messages', { from: 99, count: 3 }), { items: [], next: null, wrong: null })
  assert.deepEqual(open('messages', { from: 0, count: 5 }, { pageBytes: 60 }).next, 1)
})

test('pool, events, calls and attachments open by index', () => {
  assert.deepEqual(
    contents(open('pool', { from: 2, count: 3 })).map(([index]) => index),
    [2, 3, 4],
  )
  assert.equal(open('pool', { from: 2, count: 3 }).next, 5)
  assert.deepEqual(
    open('events', { from: 1, count: 9 }).items.map(({ index, value }) => [index, (value as { event: string }).event]),
    [
      [1, 'tool'],
      [2, 'model'],
    ],
  )
  assert.deepEqual(open('calls', { from: 0, count: 9 }).items, [{ index: 0, value: { id: 'call 0' }, tooLarge: false }])
  assert.deepEqual(
    ['0', '1', '2', '3', '-1', 'x'].map((pointer) => drive(openAttachment(chunked, pointer), bytes)),
    ['zero', 'one', 'two', null, null, null],
  )
  assert.deepEqual(open('messages', { from: 0, count: 1 }, { itemBytes: 5 }).items, [{ index: 0, value: null, tooLarge: true }])
})
