import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ssvcSignals } from './ssvc-words.ts'

const read = (exploitation: string | null, automatable: string | null, impact: string | null) => {
  const all = ssvcSignals({ exploitation, automatable, impact }, 'feed:x', 'CVE-1', null)
  return [all.exploitation?.value ?? null, all.automatable?.value ?? null, all.impact?.value ?? null]
}

test('words of the feeds in any case become keys; what is unknown or missing was not said', () => {
  assert.deepEqual(read('active', 'yes', 'total'), ['A', 'Y', 'T'])
  assert.deepEqual(read('Public PoC', ' No ', 'Partial'), ['P', 'N', 'P'])
  assert.deepEqual(read('PUBLIC_POC', 'YES', 'TOTAL'), ['P', 'Y', 'T'])
  assert.deepEqual(read('none', 'maybe', ''), ['N', null, null])
  assert.deepEqual(read(null, 'constructor', `${' '.repeat(1_000_000)}total`), [null, null, null])
})
