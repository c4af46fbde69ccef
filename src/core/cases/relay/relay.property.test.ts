import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { relaySource } from '../../../devkit/fake-relay-source.ts'
import { newId } from '../../kernel/id.ts'
import { instant, MINUTE } from '../../kernel/instant.ts'
import { matchReserved } from './match-reserved.ts'
import { scrubberFor } from './personal-data.ts'
import {
  decideReservation,
  evolveReservation,
  NO_RESERVATION,
  type Reservation,
  type ReservationCommand,
} from './reservation.ts'
import { decideSending, evolveSending, type Sending, type SendingCommand } from './sending.ts'

const at = instant(1_000_000)

const sendingCommand = fc.constantFrom<SendingCommand>(
  { type: 'begin', route: 'github', host: 'h', digest: 'd', by: 'p' },
  { type: 'arrived', handle: 'VU#1' },
  { type: 'refused', code: 'c', retryAt: null },
  { type: 'lost' },
  { type: 'settle', handle: null, by: 'p' },
  { type: 'settle', handle: 'VU#2', by: 'p' },
  { type: 'drop', reason: null, by: 'p' },
)

test('whatever is commanded, a draft that arrived, may have arrived or was dropped is never begun again', () => {
  fc.assert(
    fc.property(fc.array(sendingCommand, { maxLength: 30 }), (commands) => {
      let sending: Sending | null = null
      let open = false
      let dropped = false
      for (const command of commands) {
        const decision = decideSending(sending, command, at)
        if (!decision.ok) continue
        for (const event of decision.events) {
          if (event.type === 'sending-begun') {
            assert.ok(!open && !dropped)
            open = true
          }
          // Only the other side's refusal or a person's word closes what was begun without an identifier.
          if (event.type === 'sending-refused' || (event.type === 'sending-settled' && event.handle === null)) open = false
          if (event.type === 'sending-dropped') {
            // What may have gone out is not dropped as if it had not.
            assert.ok(!open && !dropped)
            dropped = true
          }
          sending = evolveSending(sending, event)
        }
      }
    }),
  )
})

const CVES = ['CVE-2026-1001', 'CVE-2026-1002']
const reservationCommand = fc.oneof(
  fc.constantFrom<ReservationCommand>(
    { type: 'ask', year: 2026 },
    { type: 'denied', code: 'c' },
    { type: 'lost' },
    { type: 'publish' },
    { type: 'reject' },
  ),
  fc.constantFrom(...CVES, 'no').map((id): ReservationCommand => ({ type: 'granted', id })),
  fc.constantFrom(...CVES, 'no', null).map((id): ReservationCommand => ({ type: 'settle', id, by: 'p' })),
)

test('an id that was reserved stays with its flaw, and no id belongs to two flaws', () => {
  const flaws = [0, 1, 2].map((n) => newId('flaw', (length) => new Uint8Array(length).fill(n)))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), reservationCommand), { maxLength: 40 }), (steps) => {
      const held = new Map<string, Reservation>()
      const ids = new Map<string, string>()
      for (const [n, command] of steps) {
        const flaw = flaws[n]!
        const before = held.get(flaw) ?? NO_RESERVATION
        const bound = (id: string) => [...ids].some(([other, one]) => other !== flaw && one === id)
        const decision = decideReservation(before, command, bound, at)
        if (!decision.ok) continue
        const after = decision.events.reduce(evolveReservation, before)
        if ('id' in before) assert.ok('id' in after && after.id === before.id)
        if ('id' in after) ids.set(flaw, after.id)
        held.set(flaw, after)
      }
      assert.equal(new Set(ids.values()).size, ids.size)
    }),
  )
})

test('a lost reservation is found only where nothing else could be it', () => {
  const lost = { since: instant(10 * MINUTE), until: instant(11 * MINUTE), year: 2026 }
  const listed = (id: string, minute: number, user = 'us') => ({
    id,
    state: 'RESERVED',
    user,
    reserved: instant(minute * MINUTE),
  })
  const none = () => false
  const found = (ids: Parameters<typeof matchReserved>[0], others: Parameters<typeof matchReserved>[2] = []) =>
    matchReserved(ids, lost, others, 'us', none)
  assert.deepEqual(found([listed('CVE-2026-1001', 10)]), { found: 'one', id: 'CVE-2026-1001' })
  assert.deepEqual(found([listed('CVE-2026-1001', 10, 'them'), listed('CVE-2025-1001', 10), listed('CVE-2026-1002', 30)]), {
    found: 'none',
  })
  assert.equal(found([listed('CVE-2026-1001', 10), listed('CVE-2026-1002', 11)]).found, 'several')
  assert.equal(
    found([listed('CVE-2026-1001', 10)], [{ ...lost, since: instant(15 * MINUTE), until: instant(16 * MINUTE) }]).found,
    'several',
  )
  assert.equal(matchReserved([listed('CVE-2026-1001', 10)], lost, [], 'us', () => true).found, 'none')
})

test('no text makes the scrubber slow or lets an address through', () => {
  const source = relaySource({ personal: ['a.b*c(', '(?=x)+$', 'Grace Reporter'] })
  const piece = fc.constantFrom(
    'grace@home.example',
    'a.b*c(',
    '(?=x)+$',
    'GRACE REPORTER',
    '@',
    '.',
    'aaaa',
    ' ',
    '\u200b',
    '\n',
    'x@y',
    '-',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (parts) => {
      const { clean, names } = scrubberFor(source)
      const text = clean(parts.join(' '))
      assert.doesNotMatch(text, /grace|a\.b\*c\(|\(\?=x\)/i)
      assert.ok(!names(text))
      assert.equal(clean(text), text)
    }),
  )
  for (const hostile of [
    'a'.repeat(300_000),
    `${'a.'.repeat(150_000)}@`,
    '@a.'.repeat(100_000),
    `x@${'a-'.repeat(150_000)}`,
    'a@'.repeat(150_000),
    'Grace '.repeat(50_000),
  ]) {
    const began = process.cpuUsage()
    scrubberFor(source).clean(hostile)
    assert.ok(process.cpuUsage(began).user < 2_000_000)
  }
})
