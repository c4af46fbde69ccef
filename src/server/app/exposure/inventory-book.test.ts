import assert from 'node:assert/strict'
import { test } from 'node:test'
import { about, component } from '../../../core/exposure/advisory-samples.ts'
import { matchKey } from '../../../core/exposure/assess.ts'
import { type Component, NO_TAGS } from '../../../core/exposure/component.ts'
import { type HeldAsset, InventoryBook } from './inventory-book.ts'
import { KnownMemory } from './known-memory.ts'

const held = (organisation: string, inventory: string): HeldAsset => {
  return { organisation, inventory, version: 1, asset: inventory, tags: NO_TAGS, receivedAt: 0 }
}
const called = (name: string) => component('pkg:npm/a@1.0.0', { name, version: '1.0.0', place: name })

async function knownBook(): Promise<KnownMemory> {
  const known = new KnownMemory()
  const body = about('npm', 'a', [[{ introduced: '0' }, { fixed: '2.0.0' }]])
  await known.apply([{ kind: 'record', source: body.source, id: body.id, body }], { kev: null, epss: null }, 1)
  return known
}

test('an organisation has a component in its own words and on its own assets, whoever came first', async () => {
  const known = await knownBook()
  const key = matchKey(called('a'))
  for (const first of ['fjord', 'marsh']) {
    const book = new InventoryBook(known)
    const second = first === 'fjord' ? 'marsh' : 'fjord'
    for (const organisation of [first, second])
      book.put(held(organisation, `of ${organisation}`), [called(`in ${organisation}`)])
    for (const organisation of [first, second]) {
      const own = book.held(key, organisation)
      assert.deepEqual(
        [own?.component.name, own?.assets.map(({ asset }) => asset)],
        [`in ${organisation}`, [`of ${organisation}`]],
      )
      assert.deepEqual(
        book.componentsIn(`of ${organisation}`).map(({ name }) => name),
        [`in ${organisation}`],
      )
    }
    assert.deepEqual([...book.holders(key)].sort(), ['fjord', 'marsh'])
    book.remove(`of ${first}`)
    assert.equal(book.held(key, first), null)
    assert.deepEqual([...book.holders(key)], [second])
    assert.equal(book.flawsOf(book.place(key)!).length, 1)
    book.remove(`of ${second}`)
    assert.deepEqual([book.place(key), book.rows, [...book.holders(key)]], [undefined, 0, []])
  }
})

test('a version that no purl can hold is nobody else’s: who does not say one is matched without it', async () => {
  const known = await knownBook()
  const said = component('pkg:npm/a', { name: 'a', version: '1.0.0' })
  const unsaid = component('pkg:npm/a', { name: 'a', version: null })
  const alone = new InventoryBook(known)
  alone.put(held('marsh', 'of marsh'), [unsaid])
  const book = new InventoryBook(known)
  book.put(held('fjord', 'of fjord'), [said])
  book.put(held('marsh', 'of marsh'), [unsaid])
  assert.deepEqual(book.place(matchKey(unsaid)), alone.place(matchKey(unsaid)))
  assert.deepEqual([...book.holders(matchKey(said))], ['fjord'])
  assert.equal(book.flawsOf(book.place(matchKey(said))!).length, 1)
})

test('what was made ready is matched once, and not by records of before', async () => {
  const known = await knownBook()
  let looked = 0
  const counting = {
    groupOf: (id: string) => known.groupOf(id),
    lookUp: (one: Component) => {
      looked++
      return known.lookUp(one)
    },
    get version() {
      return known.version
    },
  }
  const book = new InventoryBook(counting)
  const [key, own] = [matchKey(called('a')), called('a')]
  // Whoever comes second has their components looked up as often as whoever came first.
  for (const organisation of ['fjord', 'marsh']) {
    looked = 0
    assert.equal(book.makeReady(key, own).length, 1)
    book.put(held(organisation, `of ${organisation}`), [called(`in ${organisation}`)])
    book.forgetReady([key])
    assert.equal(looked, 1)
  }
  book.remove('of fjord')
  book.remove('of marsh')
  book.makeReady(key, own)
  const body = { ...about('npm', 'a', [[{ introduced: '0' }]]), id: 'GHSA-later' }
  await known.apply([{ kind: 'record', source: body.source, id: body.id, body }], { kev: null, epss: null }, 2)
  book.put(held('fjord', 'again'), [own])
  assert.equal(book.place(key)?.matches.length, 2)
})
