import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PartyOut } from '../../../contract/shapes/case.ts'
import { nextAnswers } from './answers.ts'

const works = (step: PartyOut['works'][number]['step']) =>
  ({ works: [{ flaw: 'flw_1', step, deployed: null, status: null, stated: null }] }) as unknown as PartyOut

test('answers are those that the server lets through, in one order', () => {
  assert.deepEqual(nextAnswers({ report: 'received', may: ['ask', 'pause', 'invalid', 'valid'] }, undefined), [
    'valid',
    'invalid',
    'ask',
  ])
  assert.deepEqual(nextAnswers({ report: 'closed', may: [] }, works('Vfd')), [])
})

test('a fix is offered once the report is taken on, and no more when it is ready', () => {
  const item = { report: 'accepted', may: ['deferred', 'ask'] }
  assert.deepEqual(nextAnswers(item, works('Vfd')), ['fix-ready', 'deferred', 'ask'])
  assert.deepEqual(nextAnswers(item, works('VFd')), ['deferred', 'ask'])
  assert.deepEqual(nextAnswers({ ...item, report: 'valid' }, works('Vfd')), ['deferred', 'ask'])
})
