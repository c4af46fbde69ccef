import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { METRICS } from './metrics.ts'
import { scoreVector } from './score.ts'
import { parseVector, VECTOR_CHARACTERS } from './vector.ts'

function brief(text: string): unknown[] {
  const s = scoreVector(text)
  return s.ok ? [s.version, s.score, s.severity, s.nomenclature ?? null] : ['refused', s.why]
}

test('one vector of each version, and what was added to it', () => {
  assert.deepEqual(brief('AV:N/AC:L/Au:N/C:C/I:C/A:C'), ['2.0', 10, 'high', null])
  assert.deepEqual(brief('(AV:N/AC:L/Au:N/C:N/I:N/A:P)'), ['2.0', 5, 'medium', null])
  assert.deepEqual(brief('CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N'), ['3.0', 6.1, 'medium', null])
  assert.deepEqual(brief('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'), ['3.1', 9.8, 'critical', null])
  assert.deepEqual(brief('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N'), ['3.1', 0, 'none', null])
  assert.deepEqual(brief('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'), ['4.0', 9.3, 'critical', 'CVSS-B'])
  const four = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'
  assert.equal(brief(`${four}/E:U`)[3], 'CVSS-BT')
  assert.equal(brief(`${four}/CR:L`)[3], 'CVSS-BE')
  assert.equal(brief(`${four}/E:P/MAV:L/AU:Y`)[3], 'CVSS-BTE')
  assert.equal(brief(`${four}/E:X/CR:X/AU:Y`)[3], 'CVSS-B')
})

test('a temporal score is not the base score, and both are told', () => {
  const s = scoreVector('CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L/E:U')
  assert.deepEqual(s.ok && [s.score, s.base], [5.1, 5.6])
})

test('the order of metrics is mended, their content is not', () => {
  const s = scoreVector('CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N/E:X')
  assert.equal(s.ok && s.vector, 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H')
  const good = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
  for (const bad of [
    '',
    'CVSS:3.1',
    'CVSS:3.1/',
    good.slice(0, -4),
    `${good}/`,
    `${good}/A:H`,
    `${good}/A:L`,
    `${good}/XX:Y`,
    `${good}/E:Q`,
    good.toLowerCase(),
    ` ${good}`,
    `${good}\n`,
    good.replace('3.1', '3.2'),
    good.replace('CVSS:3.1/', ''),
    `${good}/__proto__:x`,
    'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:S/SI:N/SA:N',
  ]) {
    assert.equal(brief(bad)[0], 'refused', JSON.stringify(bad))
  }
})

const vector = fc.constantFrom('2.0' as const, '3.0' as const, '3.1' as const, '4.0' as const).chain((version) =>
  fc
    .tuple(
      ...[...METRICS[version]].map(([name, metric]) => {
        const value = fc.constantFrom(...metric.values).map((v) => `${name}:${v}`)
        return metric.group === 'base' ? value : fc.option(value, { freq: 1 })
      }),
    )
    .map((parts) => (version === '2.0' ? '' : `CVSS:${version}/`) + parts.filter((p) => p !== null).join('/')),
)

test('every well-formed vector has a score between 0 and 10, and its canonical text the same', () => {
  fc.assert(
    fc.property(vector, (text) => {
      const s = scoreVector(text)
      assert.ok(s.ok, text)
      assert.ok(
        s.score >= 0 &&
          s.score <= 10 &&
          Number.isInteger(Math.round(s.score * 10)) &&
          Math.abs(s.score * 10 - Math.round(s.score * 10)) < 1e-9,
      )
      assert.deepEqual(scoreVector(s.vector), s)
    }),
    { numRuns: 300 },
  )
})

test('hostile text is refused, and long text at once', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 600 }),
      (text) => !scoreVector(text).ok && !scoreVector(`CVSS:4.0/${text}`).ok,
    ),
  )
  for (const unit of ['/', ':', 'AV:N/', 'CVSS:4.0/', '(']) {
    const text = unit.repeat(1_000_000)
    const started = performance.now()
    assert.equal(scoreVector(text).ok, false)
    assert.equal(parseVector(unit.repeat(VECTOR_CHARACTERS / unit.length)).ok, false)
    assert.ok(performance.now() - started < 50, unit)
  }
})
