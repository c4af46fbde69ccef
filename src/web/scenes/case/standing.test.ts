import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PartyOut } from '../../../contract/shapes/case.ts'
import { byLastWord, fits, isSilent, sharesOf, silenceOf } from './standing.ts'

const FLAW = 'flw_1'
const AT = '2026-11-02T10:00:00Z'

function party(given: Partial<PartyOut> = {}): PartyOut {
  return {
    id: 'ptp_1',
    name: 'Tarn Health Systems',
    hides: false,
    kind: 'vendor',
    tier: 2,
    report: 'valid',
    consent: 'signatory',
    reads: 'content',
    works: [],
    invitedAt: AT,
    respondBy: null,
    lastWordAt: AT,
    leftAt: null,
    you: false,
    ...given,
  }
}

const says = (status: 'affected' | 'fixed'): PartyOut['works'] => [
  {
    flaw: FLAW,
    step: 'Vfd',
    deployed: null,
    status: { number: 1, status, justification: null, text: null, at: AT, approved: true },
    stated: null,
  },
]

describe('how parties stand', () => {
  test('every party that is asked is counted once, the silent by themselves, others not at all', () => {
    const all = [
      party({ works: says('affected') }),
      party({ works: says('fixed') }),
      party(),
      party({ lastWordAt: null, consent: 'invited' }),
      party({ lastWordAt: null, leftAt: AT }),
      party({ kind: 'finder' }),
    ]
    const shares = sharesOf(all, FLAW)
    assert.deepEqual(shares, { affected: 1, 'not-affected': 0, 'under-investigation': 0, fixed: 1, unsaid: 1, silent: 1 })
  })

  test('who declined has said something; one’s own party is never silent', () => {
    assert.equal(isSilent(party({ consent: 'declined', lastWordAt: AT })), false)
    assert.equal(isSilent(party({ lastWordAt: null, you: true })), false)
    assert.equal(isSilent(party({ lastWordAt: null })), true)
  })

  test('a status on one flaw is no status on another', () => {
    assert.equal(sharesOf([party({ works: says('affected') })], 'flw_2').unsaid, 1)
  })

  test('the filter reads names, kinds and states as the row shows them', () => {
    const silent = party({ name: 'Esk Imaging', lastWordAt: null, consent: 'lapsed' })
    assert.deepEqual(
      ['esk', 'VENDOR', 'silent', 'lapsed', 'tier 2', 'not said', ' '].map((typed) => fits(silent, FLAW, typed)),
      [true, true, true, true, true, true, true],
    )
    assert.equal(fits(silent, FLAW, 'affected'), false)
    assert.equal(fits(party({ name: null }), FLAW, 'hides'), true)
  })

  test('the latest word stands first, never at the end', () => {
    const rows = [
      party({ id: 'a', lastWordAt: null }),
      party({ id: 'b' }),
      party({ id: 'c', lastWordAt: '2026-11-03T10:00:00Z' }),
    ]
    assert.deepEqual(
      rows.sort(byLastWord).map(({ id }) => id),
      ['c', 'b', 'a'],
    )
  })

  test('the next answer of the silent is the nearest that is still to come', () => {
    const now = Date.parse('2026-11-10T00:00:00Z')
    const silent = [
      party({ respondBy: '2026-11-09T00:00:00Z', consent: 'lapsed' }),
      party({ respondBy: '2026-11-12T00:00:00Z', reads: 'invitation' }),
      party({ respondBy: '2026-11-11T00:00:00Z', reads: 'invitation' }),
    ]
    const said = silenceOf(silent, now)
    assert.deepEqual([said.count, said.lapsed, said.unread], [3, 1, 2])
    assert.equal(said.dueNext, Date.parse('2026-11-11T00:00:00Z'))
  })
})
