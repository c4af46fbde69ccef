import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Id } from '../../kernel/id.ts'
import { DAY, HOUR, type Instant, instant } from '../../kernel/instant.ts'
import { type Contact, sameContact, subjectOf } from './contact.ts'
import type { ContactAsker, ContactCommand, ContactEvent } from './contact-command.ts'
import { decideContact } from './decide-contact.ts'
import { evolveContact, openContact } from './evolve-contact.ts'
import { accountSubject, isProved, mayReceiveSealed } from './project-contact.ts'
import { PROOF_KINDS, proofLine } from './proof.ts'

const CONTACTS: readonly Contact[] = [
  { route: 'mail', at: 'a@example.org', keys: [] },
  { route: 'mail', at: 'a@example.org', keys: [{ kind: 'age', recipient: 'age1x' }] },
  { route: 'mail', at: 'b@example.net', keys: [] },
  { route: 'form', at: 'https://example.org/report', keys: [] },
]
const ACCOUNTS = ['org_one', 'org_two'].map(accountSubject)
const SUBJECTS = [...new Set(CONTACTS.map(subjectOf)), ...ACCOUNTS]
const ASKERS: readonly ContactAsker[] = [
  { as: 'weir' },
  { as: 'coordinator', person: 'ana', organisation: 'org_clearing' },
  { as: 'coordinator', person: 'ben', organisation: 'org_clearing' },
  { as: 'coordinator', person: 'cat', organisation: 'org_maker' },
  ...SUBJECTS.map((subject): ContactAsker => ({ as: 'contact', subject })),
]
const PLACES = { repository: 'repo', domains: ['example.org'], purls: ['pkg:npm/x'] }

const subject = fc.constantFrom(...SUBJECTS)
const kind = fc.constantFrom(...PROOF_KINDS)
const place = fc.constantFrom('own', 'own', 'own', 'own', 'repo', 'example.org', 'pkg:npm/x', 'org_maker', 'evil.example')
// The place that fits the kind.
const OWN = {
  'repository-file': 'repo',
  'security-txt': 'example.org',
  'dns-txt': 'example.org',
  'registry-owner': 'pkg:npm/x',
  vouched: 'org_maker',
} as const
const command: fc.Arbitrary<ContactCommand | 'show'> = fc.oneof(
  fc.record({ do: fc.constant('ask-proof' as const), subject, kind, place }),
  // A walk that moves needs two of them proved.
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('ask-proof' as const),
      subject: fc.constantFrom(...ACCOUNTS),
      kind: fc.constant('dns-txt' as const),
      place: fc.constant('own'),
    }),
  },
  // The right token of whichever proof stands first, so that walks get far.
  { weight: 2, arbitrary: fc.constant('show' as const) },
  fc.record({ do: fc.constant('confirm-owner' as const), subject }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('vouch' as const), subject }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('propose-contact' as const), contact: fc.constantFrom(...CONTACTS) }) },
  fc.constant({ do: 'stop-change' as const }),
  { weight: 2, arbitrary: fc.constant({ do: 'clock' as const }) },
)
// Clocks go on by hours, seldom by a year, and now and then back.
const hours = fc.oneof(
  { weight: 30, arbitrary: fc.nat(30) },
  { weight: 2, arbitrary: fc.integer({ min: -100, max: 200 }) },
  fc.nat(9000),
)
const step = fc.record({ who: fc.constantFrom(...ASKERS), command, hours })

test('whatever is commanded: sealed things go to a proved contact only, and contacts change openly and late', () => {
  const reached = { sealed: 0, changed: 0, moved: 0, byTwo: 0 }
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }), (steps) => {
      let file = openContact('prj_000000000000000000000000' as Id<'project'>, PLACES)
      let now: Instant = instant(Date.UTC(2026, 0, 1))
      const events: ContactEvent[] = []
      for (const { who, command, hours } of steps) {
        now = instant(now + hours * HOUR)
        const token = file.proofs.findLast((proof) => proof.token !== null && proof.provedAt === null)
        const asked: ContactCommand =
          command === 'show'
            ? {
                do: 'show-token',
                subject: token?.subject ?? '',
                kind: token?.kind ?? 'dns-txt',
                found: proofLine(token?.token ?? ''),
              }
            : command.do === 'ask-proof' && command.place === 'own'
              ? { ...command, place: OWN[command.kind] }
              : command
        const seen = asked.do === 'show-token' && who.as !== 'coordinator'
        const byWeir = seen || asked.do === 'clock' || asked.do === 'confirm-owner'
        const asker: ContactAsker = byWeir ? { as: 'weir' } : who
        const decision = decideContact(file, asked, asker, now, (input) => input)
        for (const event of decision.ok ? decision.events : []) {
          if (event.type === 'contact-changed') {
            const proposed = events.findLast((one) => one.type === 'contact-change-proposed')!
            assert.ok(proposed.type === 'contact-change-proposed')
            assert.ok(now >= proposed.at + 72 * HOUR && sameContact(proposed.tell, file.contact!))
            assert.ok(!events.slice(events.indexOf(proposed)).some(({ type }) => type === 'contact-change-stopped'))
            reached.changed++
          }
          if (event.type === 'maintainer-proved' && asker.as === 'coordinator') {
            const proof = file.proofs.find(({ subject, kind }) => subject === event.subject && kind === event.kind)!
            assert.ok(new Set(proof.vouches.map(({ by }) => by)).size === 2, 'one coordinator alone proved something')
            reached.byTwo++
          }
          if (event.type === 'contact-set') assert.equal(file.contact, null)
          if (event.type === 'organisation-set') assert.equal(file.organisation, null)
          if (event.type === 'organisation-moved') {
            const proposed = events.findLast((one) => one.type === 'move-proposed')!
            assert.ok(proposed.type === 'move-proposed' && proposed.to === event.organisation)
            assert.ok(now >= proposed.at + 72 * HOUR && proposed.tell === file.organisation)
            assert.ok(!events.slice(events.indexOf(proposed)).some(({ type }) => type === 'move-stopped'))
            assert.ok(isProved(file, accountSubject(event.organisation), now))
            reached.moved++
          }
          events.push(event)
          const before = file.organisation
          file = evolveContact(file, event)
          if (file.organisation !== before) assert.match(event.type, /^organisation-(set|moved)$/)
        }
        for (const contact of CONTACTS) {
          if (!mayReceiveSealed(file, contact, now)) continue
          reached.sealed++
          assert.deepEqual(file.contact, contact)
          const own = events.filter((event) => 'subject' in event && event.subject === subjectOf(contact))
          const proofs = own.filter((event) => event.type === 'maintainer-proved' && event.at + 365 * DAY > now)
          assert.ok(proofs.some((proved) => proved.type === 'maintainer-proved' && isFair(own, proved.kind)))
        }
      }
    }),
    { numRuns: 500 },
  )
  assert.ok(reached.sealed > 100 && reached.changed > 20 && reached.moved > 5 && reached.byTwo > 20, JSON.stringify(reached))
})

/** Asked for at the project's own place, or vouched for by two people of another organisation. */
function isFair(own: readonly ContactEvent[], kind: string): boolean {
  const asked = own.filter((event) => event.type === 'proof-asked' && event.kind === kind)
  if (kind !== 'vouched')
    return asked.length > 0 && asked.every((event) => event.type === 'proof-asked' && !/evil|org_/.test(event.place))
  const vouches = own.filter((event) => event.type === 'vouched' && event.kind === kind)
  return new Set(vouches.map((event) => event.type === 'vouched' && event.by)).size >= 2
}
