import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { VersionOrder } from './version-order.ts'
import { versionOrder } from './version-order.ts'

/** Per scheme: pieces that make its versions, and how one begins. */
const PIECES: Readonly<Record<string, readonly [start: readonly string[], pieces: readonly string[]]>> = {
  npm: [
    ['1.2.3', '0.0.0', '1.2'],
    ['-', '.', 'a', '0', '1', '10', '+', 'rc', 'B'],
  ],
  go: [
    ['v1.2.3', '1.19', 'v0.0.0'],
    ['-', '.', 'a', '0', '1', '10', '+', 'rc1', 'B'],
  ],
  pub: [
    ['1.2.3', '0.0.0'],
    ['-', '.', 'a', '0', '1', '10', '+', 'rc', 'B'],
  ],
  nuget: [
    ['1.2.3', '1.2.3.4', '1'],
    ['-', '.', 'a', '0', '1', '10', '+', 'RC'],
  ],
  pypi: [
    ['1', '1.0', '1!2', '2.0a1'],
    ['.0', '.1', 'a', 'b1', 'rc', '.dev', '.post', '-1', '+', 'x', '.2', '10'],
  ],
  // Words behind hyphens, as Maven's own rule has no transitive order where they also stand behind dots.
  maven: [
    ['1', '1.0', '2-1'],
    ['.1', '.0', '.10', '-1', '-alpha', '-x', 'a1', '-rc2', '-SNAPSHOT', '-sp', 'm'],
  ],
  rubygems: [
    ['1', '1.0', '2.1'],
    ['.', '-', '0', '1', 'a', 'rc', '.0', '10', 'B'],
  ],
  packagist: [
    ['1', '1.0', 'v2.1', 'dev'],
    ['.', '-', '0', '1', 'a', 'RC', '.0', '10', 'pl', 'dev', '#', '_', 'x', '2024'],
  ],
  debian: [
    ['1', '1:1', '2.0'],
    ['.', '-', '0', '1', 'a', '~', '+', '10', 'Z'],
  ],
  rpm: [
    ['1', '1:1', '2.0'],
    ['.', '-', '0', '1', 'a', '~', '^', '+', '10', 'Z', 'α'],
  ],
  alpine: [
    ['1', '1.0', '2.01'],
    ['.', '0', '1', 'a', '_rc', '_p', '_alpha1', '-r', '-r1', '~ab', '10', '_x', 'Z'],
  ],
  // Each with a release: Arch's own rule has no transitive order where only some versions state one.
  alpm: [['1-1', '1.0-2', '1.0a-1', '1:1.0-1', '1.0.1-2', '1.0rc-1', '1.0.b-1', '2-1.1', '0:1-3', '1.10-1'], ['']],
  gentoo: [
    ['1', '1.0', '2.01'],
    ['.0', '.01', '.1', 'a', '_rc', '_p1', '_alpha1', '-r1', '10'],
  ],
  cran: [
    ['1.0', '1'],
    ['.0', '-1', '.10', '0'],
  ],
  hackage: [
    ['1.0', '1'],
    ['.0', '.1', '.10'],
  ],
  intdot: [
    ['1.0', '1'],
    ['.0', '.1', '.10'],
  ],
  conan: [
    ['1.0', '1', 'cci'],
    ['.0', '-', '+', 'a', '1', '10', '.', '*'],
  ],
  openssl: [
    ['1.0.2', '3.0.0', '1.1'],
    ['a', 'zd', '-alpha1', '-pre', '.0', '1', '+q'],
  ],
  generic: [
    ['1.0', '1', 'v2'],
    ['.0', '-', '_', 'a', 'rc', '1', '10', 'alpha', '.', 'k'],
  ],
  datetime: [
    ['2024-01-01T00:00:00', '2024-02-29T23:59:60'],
    ['Z', '+02:00', '-05:00', '.5', '.50', '.123456789'],
  ],
  lexicographic: [
    ['a', 'é', '\ud83d\ude00', '\uffff'],
    ['b', 'e\u0301', 'Z', '\ue000', '\ud800'],
  ],
}

function versions([starts, pieces]: readonly [readonly string[], readonly string[]]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...starts), fc.array(fc.constantFrom(...pieces), { maxLength: 4 }))
    .map(([start, more]) => start + more.join(''))
}

function isTotalOver(order: VersionOrder, text: fc.Arbitrary<string>): void {
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const [ab, ba, bc, ac] = [order.compare(a, b), order.compare(b, a), order.compare(b, c), order.compare(a, c)]
      assert.equal(order.compare(a, a), order.key(a) === null ? null : 0)
      assert.equal(ab === null ? 9 : ab + 0, ba === null ? 9 : 0 - ba)
      if (ab !== null) assert.equal(order.compareKeys(order.key(a)!, order.key(b)!), ab)
      if (ab !== null && bc !== null && ab <= 0 && bc <= 0)
        assert.ok(ac !== null && ac <= (ab < 0 || bc < 0 ? -1 : 0), `${a} ${b} ${c}`)
    }),
    { numRuns: 1_500 },
  )
}

describe('every order is total over what it reads: reflexive, the same both ways, transitive', () => {
  for (const [scheme, pieces] of Object.entries(PIECES))
    test(scheme, () => isTotalOver(versionOrder(scheme)!, versions(pieces)))
})

const SCHEMES = Object.keys(PIECES)
const HUGE = 100_000

describe('hostile texts', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'0.-+~^_:!v*'), maxLength: 60 }),
  )
  for (const scheme of SCHEMES)
    test(`${scheme}: nothing throws`, () => {
      const order = versionOrder(scheme)!
      fc.assert(
        fc.property(anything, anything, (a, b) => {
          order.isValid(a)
          const by = order.compare(a, b)
          assert.ok(by === null || by === -1 || by === 0 || by === 1)
        }),
        { numRuns: 300 },
      )
    })

  const long = ['1', '1.', '.', '~', '-', '1-', 'a', '1a', '_rc', '0', '^', '!', '+a', ' ', '.dev', '1.0-', '\ud800'].flatMap(
    (piece) => [piece.repeat(HUGE / piece.length), piece.repeat(1_000 / piece.length), `1.${piece.repeat(240 / piece.length)}`],
  )
  test('a hundred thousand characters cost no more than their length', () => {
    const started = process.cpuUsage().user
    for (const scheme of SCHEMES) {
      const order = versionOrder(scheme)!
      for (const text of long) {
        order.isValid(text)
        order.compare(text, `${text}1`)
      }
      const [starts, pieces] = PIECES[scheme]!
      for (const [start, piece] of starts.flatMap((one) => pieces.map((other) => [one, other] as const))) {
        order.isValid(`${start + piece}${piece.repeat(120)}!`)
        for (const digits of ['1'.repeat(200), '1.'.repeat(100), '1-'.repeat(100)])
          order.compare(`${start + piece + digits}!`, start)
      }
    }
    assert.ok(process.cpuUsage().user - started < 2_000_000)
  })

  test('numbers beyond 2^53 compare exactly', () => {
    const [less, more] = ['9007199254740992', '9007199254740993']
    for (const scheme of SCHEMES.filter((name) => name !== 'datetime')) {
      const [a, b] = ['hackage', 'cran', 'intdot', 'alpm'].includes(scheme)
        ? [`1.${less}`, `1.${more}`]
        : [`1.${less}.0`, `1.${more}.0`]
      assert.equal(versionOrder(scheme)!.compare(a, b), -1, scheme)
      assert.equal(versionOrder(scheme)!.compare(`1.0${more}`, `1.${'9'.repeat(40)}`), -1, scheme)
    }
  })
})
