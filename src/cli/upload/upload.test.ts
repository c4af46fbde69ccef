import assert from 'node:assert/strict'
import test from 'node:test'
import { inkFor } from '../text/ink.ts'
import { beginKey, type Parameters, uploadKey, uploadPath } from './parameters.ts'
import { receiptPage } from './receipt-page.ts'
import { readItem, Tally } from './tally.ts'
import { backoff } from './upload.ts'

const keyOf = (content: string, parameters: Parameters) => uploadKey(beginKey(parameters).update(content))

test('the key of an upload is its content and what was stated with it, not its name', () => {
  const key = keyOf('x', { target: 'pkg:npm/a', version: '1' })
  assert.match(key, /^[\x21-\x7e]{1,200}$/)
  assert.equal(keyOf('x', { version: '1', target: 'pkg:npm/a' }), key)
  const others = [
    keyOf('y', { target: 'pkg:npm/a', version: '1' }),
    keyOf('x', { target: 'pkg:npm/a' }),
    keyOf('x', { target: 'pkg:npm/a1', version: '' }),
    keyOf('x', { aiAssisted: true }),
    keyOf('x', { aiAssisted: false }),
  ]
  assert.equal(new Set([key, ...others]).size, 6)
  assert.equal(
    uploadPath('a b.json', { format: 'sarif', humanValidated: false }),
    '/v1/reports?name=a+b.json&format=sarif&humanValidated=no',
  )
  assert.equal(uploadPath(null, {}), '/v1/reports')
})

test('waiting grows and stays bounded', () => {
  assert.deepEqual([1, 2, 3, 9, 99].map(backoff), [500, 1000, 2000, 15_000, 15_000])
})

test('an answer is taken only in its shape', () => {
  for (const bad of [
    null,
    1,
    'x',
    [],
    {},
    { outcome: 'accepted' },
    { n: -1, outcome: 'accepted' },
    { n: 1, outcome: 'constructor' },
    { n: 1.5, outcome: 'refused' },
  ])
    assert.equal(readItem(bad), null)
  assert.deepEqual(readItem({ n: 3, outcome: 'refused', refusal: { code: 7, say: 'no' }, needs: 5, receipt: {} })?.refusal, {
    code: '',
    say: 'no',
    where: '',
    mend: '',
  })
})

test('the page says counts, needs and refusals, in 80 columns, without anything a terminal obeys', () => {
  const tally = new Tally()
  for (let n = 0; n < 40; n++) {
    const outcome = n < 20 ? 'accepted' : n < 29 ? 'needs-info' : 'refused'
    const refusal =
      outcome === 'refused'
        ? { code: 'item.not-json', say: '\u001b[2Jbad '.repeat(20), where: `/${n}`, mend: 'Write JSON.' }
        : null
    tally.add(
      readItem({
        n,
        at: `line ${n + 1}`,
        outcome,
        receipt: outcome === 'refused' ? null : `rcp_${n}`,
        needs: outcome === 'needs-info' ? [{ code: 'x', say: 'Name the target.' }] : [],
        refusal,
      })!,
    )
  }
  const lines = receiptPage({
    tally,
    summary: { ...tally.summary, flaws: 1 },
    receivedAt: '2026-11-19T14:20:07Z',
    stranger: true,
    ink: inkFor({}, {}),
  })
  const text = lines.join('\n')
  assert.deepEqual(lines.slice(0, 1), ['RECEIPT    rcp_0   19 Nov 2026, 14:20:07 UTC'])
  assert.match(text, /^ {5}20 {4}accepted {10}1 flaw$/m)
  assert.match(text, /4 more: --json lists every one/)
  assert.match(text, /#21 {6}line 21\n {11}Name the target\./)
  assert.match(text, /exit 1: 20 of 40 need you$/)
  assert.doesNotMatch(text, /\u001b/)
  assert.ok(
    lines.every((line) => line.length < 80),
    lines.find((line) => line.length >= 80),
  )
})
