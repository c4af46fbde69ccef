import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MatchStep } from './match.ts'
import { sayStep } from './say-step.ts'

const STEPS: readonly MatchStep['step'][] = [
  'same-package',
  'other-package',
  'other-release',
  'release-not-stated',
  'other-module',
  'listed-version',
  'in-range',
  'before-introduced',
  'from-fixed',
  'after-last-affected',
  'no-range-holds',
  'unreadable-version',
  'unknown-order',
  'git-range-only',
  'withdrawn',
  'vex-affected',
  'vex-not-affected',
  'vex-fixed',
  'weak-identity',
]

test('every step is a sentence whatever it has to go on, and quotes what was compared', () => {
  for (const step of STEPS)
    for (const texts of [['1.0', '2.0', '3.0'], []]) {
      const says = sayStep({ step, rule: 'semver-2.0.0', with: texts })
      assert.match(says, /^[A-Z1].*\.$/, `${step}: ${says}`)
      if (texts.length === 0) continue
      assert.ok(step === 'git-range-only' || says.includes('1.0'), says)
    }
  assert.equal(
    sayStep({ step: 'in-range', rule: '', with: ['1.0', '0'] }),
    'Version 1.0 lies in a range of the record: from 0 on, without an end.',
  )
  assert.equal(
    sayStep({ step: 'in-range', rule: '', with: ['1.0', '0', '2.0', 'fixed'] }),
    'Version 1.0 lies in a range of the record: from 0 to before 2.0, where it was fixed.',
  )
  assert.equal(
    sayStep({ step: 'in-range', rule: '', with: ['1.0', '0', '1.9', 'last-affected'] }),
    'Version 1.0 lies in a range of the record: from 0 through 1.9, the last affected one.',
  )
  assert.equal(
    sayStep({ step: 'in-range', rule: '', with: ['1.0', '<2', '!=1.5'] }),
    'Version 1.0 is one that the record means: <2, !=1.5.',
  )
})
