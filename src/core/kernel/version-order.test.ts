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
