import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makePurl, PURL_CHARACTERS } from './purl/parts.ts'
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
