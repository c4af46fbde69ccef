import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makePurl, PURL_CHARACTERS } from './purl/parts.ts'
import { readPlain } from './purl/plain.ts'
import { splitPurl } from './purl/split.ts'
import { TYPE_RULES } from './purl/type-rules.ts'
import { formatPurl, mendPurl, parsePurl, withoutVersion } from './purl.ts'

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('/', '@', '?', '#', '%', '%2F', '%40', '..', 'A', 'é', '&', '=', '\u0000', '\ud800'),
    maxLength: 8,
  }),
)
const type = fc.constantFrom(...Object.keys(TYPE_RULES), 'unheard-of')

test('no text makes parsePurl or mendPurl throw, and what they read is written back the same', () => {
  fc.assert(
    fc.property(type, piece, piece, piece, piece, piece, (t, a, b, c, d, e) => {
      for (const text of [a, `pkg:${t}/${a}/${b}@${c}?k=${d}&arch=${a}#${e}`, `pkg:${t}/${b}`, `pkg:/${a}${b}${c}`]) {
        for (const parsed of [parsePurl(text), mendPurl(text)]) {
          if (!parsed.ok) continue
          const canonical = formatPurl(parsed.purl)
          assert.ok(canonical.length <= PURL_CHARACTERS)
          assert.match(canonical, /^[\x21-\x7e]+$/)
          assert.deepEqual(parsePurl(canonical), parsed)
          assert.equal(formatPurl(withoutVersion(parsed.purl)).includes('@'), false)
        }
      }
    }),
    { numRuns: 2_000 },
  )
})

test('parts that make a purl survive writing and reading', () => {
  fc.assert(
    fc.property(type, fc.option(piece), piece, fc.option(piece), fc.option(piece), (t, namespace, name, version, subpath) => {
      const made = makePurl({ type: t, namespace, name, version, subpath, qualifiers: { uuid: 'u', tag_id: 't', arch: name } })
      if (made.ok) assert.deepEqual(parsePurl(formatPurl(made.purl)), made)
    }),
    { numRuns: 2_000 },
  )
})

test('a purl that is read in one pass is what the long way makes of it', () => {
  const unit = fc.constantFrom('a', 'B', '1', '.', '-', '_', '+', '~', ':', '/', '@', '%', '%40', '&', '=', '#')
  const near = fc.oneof(fc.constantFrom('a', 'b1', 'x.y', 'C'), fc.string({ unit, maxLength: 6 }))
  const asked = fc.constantFrom(
    '',
    '?arch=amd64',
    '?arch=amd64&distro=debian-12',
    '?distro=d&arch=a',
    '?K=v',
    '?k=',
    '?a=b&a=c',
    '?a=b?c=d',
  )
  let plain = 0
  fc.assert(
    fc.property(type, near, near, near, asked, near, (t, a, b, c, q, d) => {
      for (const text of [
        `pkg:${t}/${a}/${b}@${c}${q}${d}`,
        `pkg:${t}/${b}${q}`,
        `pkg:${t}/%40${a}/${b}@${c}${q}`,
        `pkg:${t}/${a}${b}${c}`,
      ]) {
        const read = readPlain(text)
        if (read === null) continue
        plain++
        const split = splitPurl(text, false)
        assert.ok(split.ok, text)
        assert.deepEqual({ ok: true, purl: read }, makePurl(split.parts), text)
      }
    }),
    { numRuns: 10_000 },
  )
  assert.ok(plain > 2_000, `${plain} were plain`)
})

test('long and repetitive texts are answered at once', () => {
  for (const unit of ['/', '@', '%', '&', '=', '#', '?', '/@', 'a=b&', '%41', '../', '::']) {
    const started = performance.now()
    parsePurl(`pkg:cpan/${unit.repeat(4_000)}`)
    parsePurl(`pkg:npm/${unit.repeat(1_500)}`)
    parsePurl('pkg:npm/' + unit.repeat(2_000_000))
    makePurl({ type: 'npm', name: unit.repeat(200_000), namespace: unit.repeat(200_000) })
    assert.ok(performance.now() - started < 250, `${unit}: ${performance.now() - started} ms`)
  }
})
