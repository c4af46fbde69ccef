import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../../core/kernel/instant.ts'
import { isKnownZone, offsetAt } from './zones.ts'

test('the wall clock of a zone in winter, in summer, and with a half hour', () => {
  const [winter, summer] = [instant(Date.UTC(2026, 0, 15, 12)), instant(Date.UTC(2026, 6, 15, 12))]
  assert.deepEqual([offsetAt('Europe/Berlin', winter), offsetAt('Europe/Berlin', summer)], [60, 120])
  assert.deepEqual(
    [offsetAt('America/New_York', winter), offsetAt('Asia/Kolkata', winter), offsetAt('UTC', summer)],
    [-300, 330, 0],
  )
  assert.equal(offsetAt('Europe/Berlin', instant(Date.UTC(2025, 11, 31, 23, 30))), 60)
})

test('what is no zone is none, however it is written', () => {
  for (const zone of ['', 'Mars/Olympus', '../../etc/passwd', 'x'.repeat(10_000)]) {
    assert.equal(isKnownZone(zone), false)
    assert.equal(offsetAt(zone, instant(0)), null)
  }
})
