import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { versionOrder } from './version-order.ts'

const npm = versionOrder('npm')!
const go = versionOrder('Go')!

test('an ecosystem known only by name has no order; releases and the case of names do not count', () => {
  for (const name of ['', 'GIT', 'Android', 'constructor', '__proto__']) assert.equal(versionOrder(name), null)
  assert.equal(versionOrder('crates.io'), npm)
  assert.equal(versionOrder('golang'), go)
  assert.equal(versionOrder('Debian:12'), versionOrder('deb'))
  assert.equal(versionOrder('Red Hat:enterprise_linux:9::baseos'), versionOrder('rpm'))
  assert.equal(versionOrder('openSUSE:Leap 15.6'), versionOrder('Rocky Linux'))
})

test('Go: two-part releases, release candidates and pseudo-versions', () => {
  const ascending = [
    'v0.0.0-20190101000000-abcdefabcdef',
    'v0.0.0',
    '1.18.9',
    '1.19rc1',
    'go1.19rc2',
    '1.19',
    '1.19.1',
    'v1.20.0-0.20230101000000-abcdefabcdef',
    '1.20',
  ]
  for (let i = 1; i < ascending.length; i++) assert.equal(go.compare(ascending[i - 1]!, ascending[i]!), -1, ascending[i])
  assert.equal(go.compare('1.19', 'v1.19.0'), 0)
  assert.equal(go.compare('v2.0.0+incompatible', 'v2.0.0'), 0)
  assert.equal(go.isValid('1.19'), true)
  assert.equal(npm.isValid('1.19'), false)
})

test('what is no version is neither older nor newer', () => {
  for (const text of ['', 'latest', 'v', '1..2', '1.x', ' 1.2.3', '1.2.3\u0000', '-1', '9'.repeat(300)])
    assert.equal(npm.compare(text, '1.0.0'), null, text)
})

/** Oldest first; what a slash stands between is the same version. */
const ASCENDING: Readonly<Record<string, string>> = {
  npm: '1.0.0-alpha 1.0.0-alpha.1 1.0.0-beta.2 1.0.0-beta.11 1.0.0/v1.0.0+build 1.0.1',
  Pub: '1.0.0-a 1.0.0 1.0.0+1 1.0.0+2 1.0.0+b',
  NuGet: '1.0.0-BETA/1.0.0-beta 1.0/1.0.0.0+x 1.0.0.1 1.0.1',
  PyPI: '1.0.dev1 1.0a1.dev1 1.0a1/1.0-alpha.1 1.0b2 1.0rc1/1.0c1 1.0/v1.0.0 1.0+abc 1.0+1 1.0.post1/1.0-1 1.1 1!0.1',
  Maven: '1-alpha-1/1a1 1-beta 1-m2/1-milestone-2 1-rc1/1-CR1 1-SNAPSHOT 1/1.0.ga/1.Final 1-sp 1-xyz 1-1 1.1 2-1 2.0.a 2.0.0.a',
  RubyGems: '1.0.a.2/1.0.a2 1.0.a.10 1.0.b1 1.0-x 1.0/1.0.0 1.0.1',
  Packagist: 'dev-main 1.0-dev 1.0-alpha1 1.0-beta/1.0.0b 1.0-RC1 1.0/v1.0.0/1.0.0.0+x 1.0-patch1/1.0pl1 1.2.x-dev',
  Debian: '1.0~rc1-1 1.0 1.0-1~deb12u1 1.0-1 1.0-1+deb12u1 1.0a 1.0+b 1.0.1 1:0.1',
  Ubuntu: '1.0-1build1 1.0-1ubuntu1 1.0-1ubuntu1.1',
  'Red Hat': '1.0~rc1-1 1.0 1.0-1.el8/0:1.0-1.el8 1.0-1.el9 1.0^git1-1 1.0a-1 1.0.1-1 1:0.1-1',
  Alpine: '1.0_alpha1 1.0_rc1 1.0-r0 1.0-r1 1.0_p1 1.0a-r0 1.0.01 1.0.1 1.01 1.1',
  opam: '1.0~beta1 1.0 1.0+1 1.0-2 1.0.1',
  alpm: '1.0alpha-1 1.0b-1 1.0-1 1.0-2 1.0.1-1 1:0.1-1',
  gentoo: '1_alpha 1_beta2 1_rc 1/1-r0 1-r1 1_p1 1b 1.0 1.01 1.1',
  CRAN: '0.1-1/0.01.1 0.1.1.0 0.2',
  Hackage: '1.0 1.0.0 1.0.1 1.1',
  conan: '1.0- 1.0-alpha.3 1.0/1/1.0.0 1.0+b2 1.1 1.1a 1.a',
  openssl: '1.0.2-beta1 1.0.2 1.0.2a 1.0.2z 1.0.2za 1.1.1 3.0.0-alpha9 3.0.0-alpha10 3.0.0',
  generic: '1.0-dev 1.0-alpha 1.0.0-rc1/v1.0_rc.1 1.0/1/1.0.0+x 1.0k 1.0.1 1.10',
  intdot: '1/1.0 1.2 1.10',
  datetime: '2024-01-01T00:00:00+02:00 2024-01-01T00:00:00Z/2024-01-01T00:00:00.000Z 2024-01-01T00:00:00.09Z',
  lexicographic: 'A a aa \ue000 \u{1f600}',
}

test('each order puts its own versions in their order', () => {
  for (const [ecosystem, line] of Object.entries(ASCENDING)) {
    const order = versionOrder(ecosystem)!
    const groups = line.split(' ').map((group) => group.split('/'))
    for (const [i, group] of groups.entries())
      for (const [j, other] of groups.entries())
        for (const a of group)
          for (const b of other) assert.equal(order.compare(a, b), Math.sign(i - j), `${ecosystem}: ${a} and ${b}`)
  }
})

test('what an ecosystem does not read has no place in its order', () => {
  const refused: [string, string][] = [
    ['PyPI', '0.1-bulbasaur'],
    ['RubyGems', '1beta'],
    ['Debian', 'a:1'],
    ['Debian', ''],
    ['Hackage', '1.0-a'],
    ['datetime', '2024-01-01'],
    ['generic', '0123456789abcdef0123456789abcdef01234567'],
    ['generic', 'latest'],
    ['NuGet', '1.2.3.4.5'],
    ['gentoo', '1.0_foo'],
  ]
  for (const [ecosystem, text] of refused)
    assert.equal(versionOrder(ecosystem)!.compare(text, '1'), null, `${ecosystem} ${text}`)
})

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', '+', 'a', 'v', 'Z'), maxLength: 14 }),
  fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-a', '-a.1', '-1', '-a.b', '+x'))
    .map(([a, b, c, d]) => `${a}.${b}.${c}${d}`),
  fc.string({ unit: 'binary', maxLength: 300 }),
)

test('the order is total over what it reads: same both ways, and transitive', () => {
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      for (const { compare } of [npm, go]) {
        const [ab, ba, bc, ac] = [compare(a, b), compare(b, a), compare(b, c), compare(a, c)]
        assert.equal(ab === null ? 9 : ab + 0, ba === null ? 9 : 0 - ba)
        if (ab !== null && bc !== null && ab <= 0 && bc <= 0) assert.ok(ac !== null && ac <= (ab < 0 || bc < 0 ? -1 : 0))
      }
    }),
    { numRuns: 3_000 },
  )
})
