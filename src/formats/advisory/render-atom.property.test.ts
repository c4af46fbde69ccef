import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant } from '../../core/kernel/instant.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from '../../devkit/sample-edition.ts'
import { renderAtom, xmlText } from './render-atom.ts'

interface Element {
  readonly name: string
  readonly attributes: Map<string, string>
  readonly children: Element[]
  text: string
}

const LEGAL = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
const TOKEN = /<(\/?)([A-Za-z][A-Za-z0-9:]*)((?: [A-Za-z][A-Za-z:]*="[^"<]*")*)(\/?)>|([^<]+)/y

function shown(text: string): string {
  assert.doesNotMatch(text, /&(?!(?:amp|lt|gt|quot|apos);)/)
  assert.doesNotMatch(text, /\]\]>/)
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, n: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[n]!)
}

// Strict reading of the part of XML 1.0 that a feed needs: anything else, a comment, CDATA or a doctype too, is a mistake.
function parseXml(xml: string): Element {
  assert.match(xml, LEGAL)
  const prolog = '<?xml version="1.0" encoding="utf-8"?>\n'
  assert.ok(xml.startsWith(prolog))
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' }
  const open = [root]
  TOKEN.lastIndex = prolog.length
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(xml)
    assert.ok(token, `no token at ${at}: ${xml.slice(at, at + 40)}`)
    const [, closes, name, attributes = '', empty, text] = token
    if (text !== undefined) open.at(-1)!.text += shown(text)
    else if (closes) assert.equal(open.pop()!.name, name)
    else {
      const pairs = [...attributes.matchAll(/ ([A-Za-z:]+)="([^"]*)"/g)].map(([, key, value]) => [key!, shown(value!)] as const)
      const element: Element = { name: name!, attributes: new Map(pairs), children: [], text: '' }
      assert.equal(element.attributes.size, pairs.length)
      open.at(-1)!.children.push(element)
      if (!empty) open.push(element)
    }
  }
  assert.equal(open.length, 1)
  assert.equal(root.children.length, 1)
  return root.children[0]!
}

const child = (element: Element, name: string) => element.children.filter((one) => one.name === name)

test('feeds of 250 editions are well-formed, with ids that differ, and say what the editions say', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 10, minLength: 5 }), (seeds) => {
      const editions = [...new Set(seeds)].map((seed) => sampleEdition(seed))
      const feed = parseXml(renderAtom(editions, SAMPLE_PUBLISHER, instant(0)))
      assert.equal(feed.name, 'feed')
      const entries = child(feed, 'entry')
      assert.equal(entries.length, editions.length)
      assert.equal(new Set(entries.map((entry) => child(entry, 'id')[0]!.text)).size, entries.length)
      for (const entry of entries) {
        for (const name of ['id', 'title', 'updated', 'published', 'summary', 'link'])
          assert.equal(child(entry, name).length, 1)
        // No element comes out of hostile text: a summary and a title hold nothing but text.
        for (const name of ['title', 'summary']) {
          assert.equal(child(entry, name)[0]!.children.length, 0)
          assert.equal(child(entry, name)[0]!.attributes.get('type'), 'text')
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('any text at all survives as text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const root = parseXml(`<?xml version="1.0" encoding="utf-8"?>\n<a b="${xmlText(text)}">${xmlText(text)}</a>`)
      assert.equal(root.children.length, 0)
      assert.equal(root.text, root.attributes.get('b'))
      if (/^[\u0020-\u007e]*$/.test(text)) assert.equal(root.text, text)
    }),
    { numRuns: 500 },
  )
})

test('a feed without entries is dated by the clock', () => {
  const feed = parseXml(renderAtom([], SAMPLE_PUBLISHER, instant(1000)))
  assert.equal(child(feed, 'updated')[0]!.text, '1970-01-01T00:00:01.000Z')
})
