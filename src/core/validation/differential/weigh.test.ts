import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BatchResult } from '../run/batch.ts'
import type { Sighting } from '../verdict.ts'
import type { AnswerPair } from './answer-pair.ts'
import { isTelling, weigh } from './weigh.ts'

const QUIET: Sighting = {
  ...{ fired: false, crash: null, stack: [], state: [], type: null, signal: null },
  exit: 0,
  stopped: null,
  logDigest: '',
}

/** An answer from words: `!words` fires, `2:words` ends with exit code 2. */
function answer(words: string): BatchResult {
  const exit = /^(\d):/.exec(words)
  const sighting = { ...QUIET, fired: words.startsWith('!'), exit: exit ? Number(exit[1]) : 0 }
  return { sighting, answer: words, answerSay: `exit ${sighting.exit}: ${words}` }
}

function pair(origin: AnswerPair['origin'], before: string, now: string, again = before): AnswerPair {
  return { origin, name: 'x', base: answer(before), again: answer(again), patched: answer(now) }
}

const many = (count: number, make: (i: number) => AnswerPair) => Array.from({ length: count }, (_, i) => make(i))
const same = (origin: AnswerPair['origin'], count: number) => many(count, (i) => pair(origin, `list ${i}`, `list ${i}`))

test('answers that stay are fine, and so are differences on inputs that fire or waver on the base', () => {
  const pairs = [...same('benign', 3), pair('benign', '!x', 'ok'), pair('near-miss', 'a', 'c', 'b')]
  assert.equal(weigh(pairs).failed, false)
  assert.equal(weigh(pairs).unstable, 2)
})

test('one benign sample that answers otherwise fails', () => {
  assert.match(weigh([...same('benign', 9), pair('benign', 'tree', '2:no')]).say, /1 of 10 benign samples/)
})

test('an input that was silent and fires now fails', () => {
  assert.match(weigh([...same('benign', 3), pair('near-miss', 'a', '!a')]).say, /1 inputs that were silent before fire/)
})

test('near misses may be refused in numbers, but not answered otherwise', () => {
  const near = same('near-miss', 20)
  assert.equal(weigh([...near, ...many(25, (i) => pair('near-miss', `odd ${i}`, '1:too long'))]).failed, false)
  assert.match(
    weigh([...near, ...many(5, (i) => pair('near-miss', `odd ${i}`, 'skipped'))]).say,
    /5 of 25 near misses are taken/,
  )
  assert.equal(weigh([...near, ...many(5, (i) => pair('near-miss', `odd ${i}`, 'error: out of range'))]).failed, false)
})

test('neighbours of benign samples must stay, but for a few', () => {
  const mutants = same('mutant', 40)
  assert.equal(weigh([...mutants, ...many(3, (i) => pair('mutant', `m ${i}`, '1:bad'))]).failed, false)
  assert.match(weigh([...mutants, ...many(6, (i) => pair('mutant', `m ${i}`, '1:bad'))]).say, /6 of 46 neighbours/)
})

test('a kind of answer that nobody gets any more is a feature that is gone', () => {
  const full = many(40, () => pair('mutant', 'HTTP/1.1 200 OK all', 'HTTP/1.1 200 OK all'))
  const partial = many(3, (i) => pair('mutant', `HTTP/1.1 206 Partial ${i}`, 'HTTP/1.1 200 OK all'))
  assert.match(weigh([...full, ...partial]).say, /"status 206" any more; 3 were before/)
})

test('a harness that answers everything alike tells nothing', () => {
  assert.equal(isTelling(many(5, () => pair('benign', '', ''))), false)
  assert.equal(isTelling(same('benign', 2)), true)
})
