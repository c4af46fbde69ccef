import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DAY, formatInstant, HOUR, type Instant, instant, parseInstant } from '../../kernel/instant.ts'
import type { ChosenPolicy, EmbargoFacts } from './embargo-facts.ts'
import { EMBARGO_POLICIES } from './registry.ts'
import { termsFor } from './terms-for.ts'
import { assumedIn } from './why-line.ts'
import { sentenceOf, utcText } from './why-sentence.ts'

const T0 = parseInstant('2026-11-01T12:00:00Z')!
const on = (day: number): Instant => instant(T0 + day * DAY)
const FACTS: EmbargoFacts = {
  reportedAt: T0,
  validatedAt: null,
  ownedAt: null,
  fixReadyAt: null,
  patchAt: null,
  exploited: false,
  severity: 'high',
  aiFound: false,
  engaged: false,
  requestedExtension: null,
  receiverDefault: null,
  negotiated: null,
}
const by = (id: string, party = `of-${id}`): ChosenPolicy => ({ policy: EMBARGO_POLICIES.find((one) => one.id === id)!, party })
const end = (facts: Partial<EmbargoFacts>, ...ids: string[]) =>
  termsFor(
    { ...FACTS, ...facts },
    ids.map((id) => by(id)),
  )
const day = (at: Instant | 'public-now' | null) => (typeof at === 'number' ? (at - T0) / DAY : at)
const asks = (days: number) => ({ engaged: true, requestedExtension: { days, exceptional: false } })

describe('one policy alone', () => {
  test('Anthropic: 90 days, 14 more for one at work who asks, or the patch; details 45 days after the patch', () => {
    assert.equal(day(end({}, 'anthropic-cvd').endsAt), 90)
    assert.equal(day(end({}, 'anthropic-cvd').extendable), 104)
    assert.equal(day(end(asks(14), 'anthropic-cvd').endsAt), 104)
    assert.equal(day(end(asks(400), 'anthropic-cvd').endsAt), 104)
    assert.equal(end(asks(14), 'anthropic-cvd').extendable, null)
    assert.equal(day(end({ ...asks(14), engaged: false }, 'anthropic-cvd').endsAt), 90)
    const patched = end({ patchAt: on(20) }, 'anthropic-cvd')
    assert.deepEqual([day(patched.endsAt), day(patched.detailsAt)], [20, 65])
  })

  test('Anthropic: 7 days for a critical flaw under attack, 7 more; others keep their 90', () => {
    const exploited = { since: on(10) }
    assert.equal(day(end({ exploited, severity: 'critical' }, 'anthropic-cvd').endsAt), 17)
    assert.equal(day(end({ exploited, severity: 'critical', ...asks(30) }, 'anthropic-cvd').endsAt), 24)
    assert.equal(day(end({ exploited, severity: 'high' }, 'anthropic-cvd').endsAt), 90)
    assert.equal(day(end({ exploited: { since: on(-30) }, severity: 'critical' }, 'anthropic-cvd').endsAt), 7)
  })

  test('Project Zero: the examples of its own text', () => {
    const patched = (at: number) => day(end({ patchAt: on(at) }, 'project-zero').detailsAt)
    assert.equal(patched(47), 77)
    assert.equal(patched(83), 113)
    assert.equal(day(end({ patchAt: on(100), ...asks(14) }, 'project-zero').detailsAt), 120)
    assert.equal(patched(95), 90)
    assert.equal(day(end({}, 'project-zero').detailsAt), 90)
    assert.equal(day(end({}, 'project-zero').transparencyAt), 7)
    assert.equal(day(end({ exploited: { since: on(3) } }, 'project-zero').endsAt), 10)
  })

  test('CERT/CC 45, Vulnerability-Lookup 60, linux-distros 14 whatever is asked', () => {
    assert.equal(day(end({}, 'cert-cc').endsAt), 45)
    assert.equal(day(end({}, 'vulnerability-lookup').endsAt), 60)
    assert.equal(day(end(asks(30), 'linux-distros').endsAt), 14)
    assert.equal(end(asks(30), 'linux-distros').extendable, null)
    assert.equal(day(end({ patchAt: on(3) }, 'linux-distros').endsAt), 3)
  })

  test('Akrites: 30 days from the later of validated and owned, no end before', () => {
    assert.equal(end({ validatedAt: on(2) }, 'akrites').endsAt, null)
    assert.equal(day(end({ validatedAt: on(2), ownedAt: on(5) }, 'akrites').endsAt), 35)
  })

  test('Linux kernel: AI-found is public; else 7 days from the fix, 14 for exceptional reasons only', () => {
    assert.equal(end({ aiFound: true }, 'linux-kernel', 'anthropic-cvd').endsAt, 'public-now')
    assert.equal(end({ aiFound: true }, 'anthropic-cvd').endsAt, on(90))
    assert.equal(end({ aiFound: null }, 'linux-kernel').endsAt, null)
    assert.deepEqual(assumedIn(end({ aiFound: null }, 'linux-kernel').why), ['aiFound'])
    assert.equal(day(end({ fixReadyAt: on(4) }, 'linux-kernel').endsAt), 11)
    assert.equal(day(end({ fixReadyAt: on(4), ...asks(7) }, 'linux-kernel').endsAt), 11)
    const exceptional = { engaged: null, requestedExtension: { days: 7, exceptional: true } }
    assert.equal(day(end({ fixReadyAt: on(4), ...exceptional }, 'linux-kernel').endsAt), 18)
  })

  test('OpenAI: no end but by consent, and none where nobody brings a policy', () => {
    const open = end({}, 'openai-outbound')
    assert.deepEqual([open.endsAt, open.detailsAt, open.extendable, open.proposals], [null, null, null, []])
    assert.equal(end({}).why.at(-1)?.effect, 'no-end')
  })
})

describe('several policies', () => {
  test('the shortest binds and the longer ones are proposals, an open end too; a clock that has not begun proposes nothing', () => {
    const { endsAt, proposals } = end({}, 'openai-outbound', 'anthropic-cvd', 'cert-cc', 'akrites')
    assert.equal(day(endsAt), 45)
    assert.deepEqual(
      proposals.map(({ policy, endsAt }) => [policy, day(endsAt)]),
      [
        ['anthropic-cvd', 90],
        ['openai-outbound', null],
      ],
    )
  })

  test('the receiver’s default binds where nobody else says anything, and as one offer among others', () => {
    const receiverDefault = by('vulnerability-lookup')
    assert.equal(day(end({ receiverDefault }).endsAt), 60)
    assert.equal(day(end({ receiverDefault }, 'anthropic-cvd').endsAt), 60)
    assert.equal(day(end({ receiverDefault }, 'cert-cc').endsAt), 45)
  })

  test('an agreement replaces the default of who accepted it, not a list’s rule, another’s default or the clock under attack', () => {
    const negotiated = { at: on(120), detailsAt: null, acceptedBy: ['of-anthropic-cvd'] }
    assert.equal(day(end({ negotiated }, 'anthropic-cvd').endsAt), 120)
    assert.equal(day(end({ negotiated }, 'anthropic-cvd', 'cert-cc').endsAt), 45)
    assert.equal(day(end({ negotiated }, 'anthropic-cvd', 'linux-distros').endsAt), 14)
    const attacked = { exploited: { since: on(1) }, severity: 'critical' } as const
    assert.equal(day(end({ negotiated, ...attacked }, 'anthropic-cvd').endsAt), 8)
    assert.equal(day(end({ negotiated: { ...negotiated, at: on(10) } }, 'anthropic-cvd').endsAt), 10)
  })

  test('under attack an unjudged severity counts as critical and is marked', () => {
    const { endsAt, why } = end({ exploited: { since: on(1) }, severity: null }, 'anthropic-cvd')
    assert.equal(day(endsAt), 8)
    assert.deepEqual(assumedIn(why), ['severity'])
  })

  test('of equal ends the stronger policy is named, and the other says so', () => {
    const twin = { ...by('cert-cc'), policy: { ...by('cert-cc').policy, class: 'upstream' as const, name: 'Project' } }
    const { why } = termsFor(FACTS, [by('cert-cc'), twin])
    const decides = why.filter(({ effect }) => effect === 'decides')
    assert.deepEqual(
      decides.map(({ name, against }) => [name, against]),
      [
        ['Project', null],
        [by('cert-cc').policy.name, 'Project'],
      ],
    )
  })

  test('an end past the last instant there is stays an instant', () => {
    const { endsAt } = end({ reportedAt: instant(8_639_999_999_999_999) }, 'anthropic-cvd')
    assert.equal(endsAt, 8_640_000_000_000_000)
  })
})

describe('why this date', () => {
  test('reads as English with the zone shown', () => {
    const { why } = end({ exploited: null, patchAt: on(20) }, 'anthropic-cvd', 'cert-cc', 'linux-distros')
    const said = why.map(sentenceOf)
    assert.ok(
      said.includes('CERT/CC, disclosure after 45 days: 45 days from the report, so 2026-12-16 12:00 UTC.'),
      said.join('\n'),
    )
    assert.ok(
      said.includes(
        'CERT/CC, disclosure after 45 days: Would end 2026-12-16 12:00 UTC, later than linux-distros list, and stands as a proposal.',
      ),
    )
    assert.ok(said.includes('linux-distros list: This is the earliest end, so it binds: 2026-11-15 12:00 UTC.'))
    assert.ok(said.some((one) => one.endsWith('Assumed, because nobody has judged it: exploited = no.')))
    for (const one of said) assert.doesNotMatch(one, /undefined|null|NaN|\[object/)
  })

  test('every sort of line has a sentence', () => {
    const all = [
      end({ aiFound: true }, 'linux-kernel', 'akrites'),
      end({ exploited: { since: on(1) }, severity: null, ...asks(3) }, ...EMBARGO_POLICIES.map(({ id }) => id)),
      end({ negotiated: { at: on(5), detailsAt: null, acceptedBy: ['of-cert-cc'] } }, 'cert-cc'),
      end({ aiFound: null }),
    ].flatMap(({ why }) => why)
    for (const line of all) assert.match(sentenceOf(line), /^\P{Cc}{12,400}\.$/u)
    assert.ok(new Set(all.map(({ effect }) => effect)).size >= 11)
  })

  test('seconds show only where there are any', () => {
    assert.equal(utcText(parseInstant('2026-11-21T17:00:00Z')!), '2026-11-21 17:00 UTC')
    assert.equal(utcText(parseInstant('2026-11-21T17:00:09.5Z')!), '2026-11-21 17:00:09 UTC')
  })

  test('90 days are 90 times 24 hours across a change of summer time', () => {
    const reportedAt = parseInstant('2026-10-20T10:00:00+02:00')!
    const { endsAt } = end({ reportedAt }, 'anthropic-cvd')
    assert.equal(formatInstant(endsAt as Instant), '2027-01-18T08:00:00.000Z')
    assert.equal((endsAt as Instant) - reportedAt, 90 * 24 * HOUR)
  })
})

test('no policy is known twice by one id and version, and each names its document', () => {
  const keys = EMBARGO_POLICIES.map(({ id, version }) => `${id}@${version}`)
  assert.equal(new Set(keys).size, keys.length)
  for (const { source, rules } of EMBARGO_POLICIES) {
    assert.ok(source.document !== '' && /^\d{4}-\d{2}/.test(source.read))
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length)
  }
})
