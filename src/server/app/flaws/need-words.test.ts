import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needWords, questionWords } from './need-words.ts'

test('a question is told by its score and the two reasons that speak most for it', () => {
  const reasons = [
    { say: 'Different kinds of crash: null and integer', weight: -0.6 },
    { say: 'Same target pkg:generic/confit', weight: 0.7 },
    { say: 'Same first frame confit_number', weight: 3.4 },
    { say: 'Lines 1 apart in confit/confit.c', weight: 1.46 },
  ]
  assert.equal(
    questionWords(1, 0.7, reasons),
    'Same as another flaw (0.70)? Same first frame confit_number; lines 1 apart in confit/confit.c.',
  )
  assert.equal(questionWords(3, 0.46, []), 'Same as one of 3 others (0.46)?')
})

test('a question whose words are sealed away is still asked, and only where one is open', () => {
  assert.equal(needWords('decide', undefined), 'Another flaw may be the same one. Say which.')
  assert.equal(needWords('decide', 'Same?'), 'Same?')
  assert.equal(needWords('nothing', 'Same?'), 'Nothing from you now.')
})
