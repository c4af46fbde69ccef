import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProofMet, proofStanding } from './proved.ts'
import { VERDICTS } from './verdict.ts'

test('only a confirmed reproducer is proof', () => {
  for (const verdict of VERDICTS) assert.equal(isProofMet([{ reproducer: 'A', verdict }]), verdict === 'confirmed')
  assert.equal(isProofMet([]), false)
})

test('terms that ask for a reproducer are met, or it is said what is missing', () => {
  const asks = { requiresReproducer: true }
  assert.equal(proofStanding({ requiresReproducer: false }, []).proof, 'not-required')
  assert.equal(
    proofStanding(asks, [
      { reproducer: 'A', verdict: 'flaky' },
      { reproducer: 'B', verdict: 'confirmed' },
    ]).proof,
    'met',
  )
  assert.match(proofStanding(asks, []).say, /none was run/)
  assert.match(proofStanding(asks, [{ reproducer: 'A', verdict: 'not-reproduced' }]).say, /not reproduced/)
})
