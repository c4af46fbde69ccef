import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Id } from '../kernel/id.ts'
import { DAY, instant } from '../kernel/instant.ts'
import { type Claim, type ClaimCommand, evolveClaim, LEASE_DAYS, RENEWALS } from './claim.ts'
import { CLAIM_QUOTA, NO_STANDING } from './claim-quota.ts'
import { decideClaim } from './decide-claim.ts'
import { makeClaim } from './make-claim.ts'
import { readCleanStatement } from './read-clean-scan.ts'
import { sameNames } from './same-names.ts'
import { placeText, readTarget, writeTarget } from './scan-target.ts'
import type { WeaknessTree } from './weakness-class.ts'

const tree: WeaknessTree = {
  number: (id) => (/^CWE-[1-9]\d{0,4}$/.test(id) ? Number(id.slice(4)) : null),
  above: () => [],
  familyOf: () => null,
  kin: (a, b) => a === b,
  tops: (family) => (family === 'race' ? [362] : []),
}

const piece = fc.constantFrom(
  'pkg:',
  'npm',
  'golang',
  '/',
  'github.com',
  '@1.2.3',
  '#',
  '?',
  'a',
  'B',
  '.git',
  ':',
  '..',
  '%2F',
  '%',
  '*',
  'https://',
  'git@',
  '\u0000',
  '\ud800',
)
const texts = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
)

const begin = fc.constantFrom(
  'pkg:npm/',
  'pkg:golang/github.com/o/',
  'pkg:generic/x/',
  'https://github.com/o/',
  'git@git.example.org:',
  'git.example.org/',
)
const rest = fc.array(fc.constantFrom('a', 'B', '/', '@1.2.3', '#sub/dir', '.git', '%2F', '%C3%A9', '..', '-', 'v2'), {
  minLength: 1,
  maxLength: 6,
})
const likely = fc.tuple(begin, rest).map(([start, all]) => start + all.join(''))
const path = fc.option(fc.oneof(fc.constantFrom('src', './src//net/', 'a\\b', '..'), texts))

test('a target that is read is written and read again as the same; nothing throws', () => {
  let read = 0
  fc.assert(
    fc.property(
      fc.oneof(texts, likely),
      path,
      fc.option(fc.constantFrom('race', 'CWE-416', 'x')),
      fc.option(texts, { freq: 1 }),
      (target, path, weakness, from) => {
        const one = readTarget({ target, path, weakness, from }, tree)
        if (!one.ok) return
        read++
        // A path may have come from the target's own text; written, it stands beside it.
        const again = readTarget(writtenAlike(one.target), tree)
        assert.ok(again.ok, placeText(one.target))
        assert.equal(placeText(again.target), placeText(one.target))
      },
    ),
    { numRuns: 6000 },
  )
  assert.ok(read > 100, `${read} of the targets were read`)
})

/** Without the range: its ecosystem is that of the text it came in, which the name of a repository no longer says. */
function writtenAlike(target: Parameters<typeof writeTarget>[0]) {
  return writeTarget({ ...target, range: null })
}

const commands: fc.Arbitrary<ClaimCommand> = fc.oneof(
  fc.record({ do: fc.constant('renew' as const), days: fc.integer({ min: -1, max: 16 }) }),
  fc.constant({ do: 'release' as const }),
  fc.constant({ do: 'clock' as const }),
)

test('whatever is commanded, a claim ends, is held no longer than its leases allow, and stays ended', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(commands, fc.integer({ min: 0, max: 9 * DAY })), { maxLength: 40 }), (steps) => {
      let now = instant(1_800_000_000_000)
      const wanted = {
        claim: 'clm_1' as Id<'claim'>,
        organisation: 'org_1' as Id<'organisation'>,
        target: { name: 'pkg:npm/a', range: null, path: [], weakness: null },
        days: 7,
        reach: null,
        consent: null,
      }
      const made = makeClaim(wanted, { optOuts: [], standing: NO_STANDING, quota: CLAIM_QUOTA }, now)
      assert.ok(made.ok)
      let claim = made.events.reduce(evolveClaim, null as unknown as Claim)
      for (const [command, wait] of steps) {
        now = instant(now + wait)
        const before = claim
        const decision = decideClaim(claim, command, now)
        if (decision.ok) claim = decision.events.reduce(evolveClaim, claim)
        if (before.state !== 'active') assert.equal(claim, before)
        assert.ok(claim.renewals <= RENEWALS)
        assert.ok(claim.endsAt - claim.madeAt <= (RENEWALS + 1) * LEASE_DAYS * DAY)
        assert.ok(claim.state !== 'active' || command.do !== 'clock' || claim.endsAt > now)
        assert.equal(claim.endedAt === null, claim.state === 'active')
      }
    }),
    { numRuns: 500 },
  )
})

test('names known to be one are an equivalence', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name), { maxLength: 8 }), (pairs) => {
      const namesOf = sameNames(pairs)
      for (const one of 'abcdef') {
        const group = namesOf(one)
        assert.equal(group[0], one)
        assert.equal(new Set(group).size, group.length)
        for (const other of group) assert.deepEqual([...namesOf(other)].sort(), [...group].sort())
      }
      for (const [a, b] of pairs) assert.ok(namesOf(a).includes(b))
    }),
  )
})

test('whatever is sent as a statement is answered', () => {
  const now = instant(1_800_000_000_000)
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      assert.equal(readCleanStatement(value, 'Lab', tree, now).ok, false)
    }),
  )
})
