import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EdgeDueOut } from '../../../contract/shapes/edge-device.ts'
import { deedsOf, nextOf, sayAsked, sayDevice } from './edge-words.ts'

const row = (step: EdgeDueOut['step'], deed: EdgeDueOut['deed'], due: string, state: EdgeDueOut['state']): EdgeDueOut => ({
  step,
  row: 1,
  deed,
  due,
  state,
  says: '',
  assumed: null,
  doneAt: null,
  evidence: null,
})
const LISTED = row('list', 'reported', '2026-05-05T23:59:59.999Z', 'late')
const REMOVE = row('remove-all', 'removed', '2027-08-05T23:59:59.999Z', 'later')

test('the first that is open is asked for; what is done and what is not asked is said', () => {
  assert.equal(nextOf([REMOVE, LISTED])?.step, 'list')
  assert.match(sayAsked([LISTED, REMOVE], 'ended'), /report it/)
  assert.match(sayAsked([{ ...LISTED, state: 'done' }, REMOVE], 'ended'), /^Take it off the network$/)
  assert.match(sayAsked([{ ...LISTED, state: 'done' }], '2030-01-01'), /done/)
  const remove = row('remove-listed', 'removed', '2027-02-05T23:59:59.999Z', 'later')
  assert.match(sayAsked([remove], 'ended'), /CISA lists it/)
  assert.match(sayAsked([{ ...remove, assumed: 'Nobody said.' }], 'ended'), /taken as listed/)
  assert.match(sayAsked([{ ...REMOVE, state: 'done' }], 'ended'), /off the network/)
  assert.match(sayAsked([], '2030-01-01'), /until 2030-01-01/)
})

test('a deed that was done last can be taken back, one that is open can be said', () => {
  const history = [
    { at: '', deed: 'removed', how: 'done', says: '' },
    { at: '', deed: 'removed', how: 'reopened', says: '' },
    { at: '', deed: 'reported', how: 'done', says: '' },
  ] as const
  assert.deepEqual(deedsOf({ milestones: [{ ...LISTED, state: 'done' }, REMOVE], history: [...history] }), {
    open: ['removed'],
    done: ['reported'],
  })
})

test('a device is named by what is known of it', () => {
  assert.equal(sayDevice({ maker: 'Heron', model: 'H-7', unit: null, support: 'ended' }), 'Heron H-7; no longer repaired')
  assert.match(sayDevice({ maker: null, model: null, unit: 'Grid', support: null }), /^Grid; nobody said/)
})
