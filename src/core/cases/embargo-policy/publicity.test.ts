import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { afterBreak, BREAK_CAUSES, BREAK_EXTENTS } from './break-matrix.ts'
import { judgePublicity } from './publicity.ts'

const ANSWERS = [true, false, null]

describe('the bright line', () => {
  test('all three marks make it public, one that fails makes it not, one that is open makes it a person’s decision', () => {
    const count = { public: 0, 'not-public': 0, unsure: 0 }
    for (const availability of ANSWERS)
      for (const specificity of ANSWERS)
        for (const irrevocability of ANSWERS) {
          const { outcome, embargo, say } = judgePublicity({ availability, specificity, irrevocability })
          count[outcome]++
          assert.equal(embargo === 'ends', outcome === 'public')
          assert.match(say, /\.$/)
        }
    assert.deepEqual(count, { public: 1, 'not-public': 19, unsure: 7 })
  })
})

describe('a broken embargo', () => {
  const cell = (extent: 'none' | 'partial' | 'full', cause: 'accidental' | 'malicious' | 'third-party') => {
    const { embargo, access, tell } = afterBreak(extent, cause)
    return [embargo, access, tell]
  }

  test('how much is out decides about the embargo, how it came out about access', () => {
    assert.deepEqual(cell('none', 'accidental'), ['stands', 'kept', 'coordinator'])
    assert.deepEqual(cell('partial', 'malicious'), ['revise', 'held', 'participants'])
    assert.deepEqual(cell('full', 'accidental'), ['ends', 'kept', 'participants'])
    assert.deepEqual(cell('full', 'third-party'), ['ends', 'nobody-to-hold', 'participants'])
  })

  test('each of the nine cells asks a person for something of its own', () => {
    const asks = BREAK_EXTENTS.flatMap((extent) => BREAK_CAUSES.map((cause) => afterBreak(extent, cause).asks))
    assert.equal(new Set(asks).size, 9)
    assert.ok(!asks.includes(''))
  })
})
