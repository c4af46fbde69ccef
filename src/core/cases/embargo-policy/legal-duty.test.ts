import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatInstant, type Instant, parseInstant } from '../../kernel/instant.ts'
import { type LegalRegime, legalDuties } from './legal-duty.ts'

const at = (text: string): Instant => parseInstant(text)!
const due = (regimes: LegalRegime[], awareAt: string | null, fixAt: string | null = null) =>
  legalDuties({
    participant: 'maker',
    regimes,
    awareAt: awareAt === null ? null : at(awareAt),
    fixAt: fixAt === null ? null : at(fixAt),
  }).map(({ what, deadline }) => [what, deadline === null ? null : formatInstant(deadline.at)])

describe('what the law makes a participant tell', () => {
  test('Cyber Resilience Act: 24 and 72 hours from knowing of attacks, 14 days from the fix, weekends or not', () => {
    assert.deepEqual(due(['cra'], '2026-11-20T18:00:00Z', '2026-11-25T09:00:00Z'), [
      ['early warning', '2026-11-21T18:00:00.000Z'],
      ['notification', '2026-11-23T18:00:00.000Z'],
      ['final report', '2026-12-09T09:00:00.000Z'],
    ])
  })

  test('without a fix the final report has no date yet, and a fix before the attacks starts with them', () => {
    assert.deepEqual(due(['cra'], '2026-11-20T18:00:00Z').at(-1), ['final report', null])
    assert.deepEqual(due(['cra'], '2026-11-20T18:00:00Z', '2026-10-01T00:00:00Z').at(-1), [
      'final report',
      '2026-12-04T18:00:00.000Z',
    ])
  })

  test('nothing before it applied, without attacks, or for whom it does not bind', () => {
    assert.deepEqual(due(['cra'], '2026-09-10T23:59:59Z'), [])
    assert.equal(due(['cra'], '2026-09-11T00:00:00Z').length, 3)
    assert.deepEqual(due(['cra'], null, '2026-11-25T09:00:00Z'), [])
    assert.deepEqual(due([], '2026-11-20T18:00:00Z'), [])
  })

  test('a regime whose hours were not read is named without a date, after the dated ones', () => {
    const duties = due(['nis2', 'cra'], '2026-11-20T18:00:00Z')
    assert.deepEqual(duties[0], ['early warning', '2026-11-21T18:00:00.000Z'])
    assert.deepEqual(duties.at(-1), ['report', null])
  })
})
