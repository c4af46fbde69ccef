import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ModelScan } from './model-scan.ts'

function isOurs(text: string, cuts: readonly number[] = []): boolean {
  const scan = new ModelScan('org/model-1ü')
  const bytes = Buffer.from(text)
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (let n = 1; n < at.length; n++) scan.push(bytes.subarray(at[n - 1], at[n]))
  return scan.isOurs
}

describe('the model that a request names', () => {
  test('is the docket’s wherever it stands and the pieces break, and what a prompt says of models is nothing', () => {
    const inner = fc.oneof(fc.jsonValue(), fc.constant({ model: 'another' }), fc.constant('"model":"another"'))
    const fields = fc.dictionary(
      fc.string().filter((name) => name !== 'model' && !/[\\"\u0000-\u001f]/.test(name)),
      inner,
    )
    fc.assert(
      fc.property(
        fields,
        fields,
        fc.array(fc.nat(3000), { maxLength: 5 }),
        fc.constantFrom(0, 2),
        (first, last, cuts, blanks) => {
          const long = Object.keys({ ...first, ...last }).some((name) => name.length > 200)
          const own = JSON.stringify({ ...first, model: 'org/model-1ü', ...last }, null, blanks)
          assert.equal(isOurs(own, cuts), !long)
          assert.equal(isOurs(JSON.stringify({ ...first, model: 'another', ...last }, null, blanks), cuts), false)
          assert.equal(isOurs(JSON.stringify({ ...first, ...last }), cuts), false)
        },
      ),
    )
  })

  test('is none that is named twice otherwise, hidden behind escapes, or outside of the one object', () => {
    const ours = '"model":"org/model-1ü"'
    assert.ok(isOurs(`{${ours}}`) && isOurs(` {"a":[1,{"model":"x"}],${ours} } \n`))
    const strange = [
      `{${ours},"model":"another"}`,
      `{"model":"another",${ours}}`,
      `{${ours},"mod\\u0065l":"another"}`,
      '{"model":"org\\/model-1ü"}',
      `{"model":["org/model-1ü"]}`,
      `{"model":null,${ours}}`,
      `{${ours}}{"model":"another"}`,
      `[{${ours}}]`,
      `{"a":{${ours}}}`,
      `"x"{${ours}}`,
      `{${ours}`,
      `{${ours}}}`,
      `\ufeff{${ours}}`,
      '',
    ]
    for (const text of strange) assert.equal(isOurs(text), false, text)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(isOurs(text), false)))
  })
})
