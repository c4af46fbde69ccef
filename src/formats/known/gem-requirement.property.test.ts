import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseBounds } from '../../core/exposure/version-bounds.ts'
import { rangeContains, readRange } from '../../core/kernel/vers/range.ts'
import { versionOrder } from '../../core/kernel/version-order.ts'
import { versOutside } from './gem-requirement.ts'

const order = versionOrder('gem')!
const version = fc
  .tuple(fc.nat(3), fc.nat(3), fc.option(fc.nat(3)), fc.constantFrom('', '', '', '.rc1', '.a'))
  .map(([a, b, c, pre]) => `${a}.${b}${c === null ? '' : `.${c}`}${pre}`)
const plain = version.filter((text) => !/[a-z]/.test(text))
const part = fc.tuple(fc.constantFrom('>=', '>', '<', '<=', '=', '~>'), plain).map(([sign, at]) => ({ sign, at }))

/** RubyGems' own words: `~> 2.3.2` is at least that, and its release below the version with the last number dropped and the next raised. */
function satisfies(text: string, { sign, at }: { sign: string; at: string }): boolean {
  const by = order.compare(text, at)!
  if (sign !== '~>') return { '>=': by >= 0, '>': by > 0, '<': by < 0, '<=': by <= 0, '=': by === 0 }[sign]!
  const release = text.replace(/\.[a-z].*$/, '')
  const numbers = at.split('.').slice(0, -1).map(Number)
  numbers.push(numbers.pop()! + 1)
  return by >= 0 && order.compare(release, numbers.join('.'))! < 0
}

/** One stretch: a lower bound and perhaps an upper one, or one of the signs that is a stretch by itself. */
const requirement = fc.oneof(
  part.map((one) => [one]),
  fc.tuple(plain, plain).map(([a, b]) => [
    { sign: '>=', at: order.compare(a, b)! <= 0 ? a : b },
    { sign: '<', at: order.compare(a, b)! <= 0 ? b : a },
  ]),
)

test('a version is affected where no requirement holds it', () => {
  fc.assert(
    fc.property(fc.array(requirement, { maxLength: 5 }), fc.array(version, { minLength: 1 }), (requirements, versions) => {
      const vers = versOutside(
        requirements.map((parts) => parts.map(({ sign, at }) => `${sign} ${at}`).join(', ')),
        order,
      )
      const range = vers === null ? null : readRange({ type: 'gem', constraints: parseBounds(vers)! })
      for (const text of versions) {
        const safe = requirements.some((parts) => parts.every((one) => satisfies(text, one)))
        assert.equal(range !== null && rangeContains(range, text) === 'yes', !safe, `${vers} ${text}`)
      }
    }),
    { numRuns: 1500 },
  )
})
