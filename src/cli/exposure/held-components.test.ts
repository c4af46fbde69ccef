import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component } from '../../core/exposure/component.ts'
import { HeldComponents } from './held-components.ts'

const component = (name: string): Component => ({
  purl: `pkg:npm/${name}@1.0.0`,
  cpes: [],
  group: null,
  name,
  version: '1.0.0',
  type: null,
  marks: [],
  place: '',
})
const bad = (one: Component) => (one.name.startsWith('bad') ? [{} as never] : [])

test('what waited and what came later have numbers that lead to the same matches', () => {
  const news: string[] = []
  const held = new HeldComponents(({ name }) => news.push(name))
  const early = ['good', 'bad-1', 'bad-2', 'bad-1'].map((name) => held.number(component(name)))
  assert.deepEqual([held.waiting?.length, held.matched.length], [3, 0])
  held.settle(bad)
  const late = ['bad-2', 'bad-3', 'good', 'other', 'bad-1', 'bad-3'].map((name) => held.number(component(name)))
  const named = (numbers: readonly number[]) => numbers.map((number) => held.matched[held.last(number)]?.component.name ?? null)
  assert.equal(held.waiting, null)
  assert.deepEqual(named(early), [null, 'bad-1', 'bad-2', 'bad-1'])
  assert.deepEqual(named(late), ['bad-2', 'bad-3', null, null, 'bad-1', 'bad-3'])
  assert.deepEqual(news, ['good', 'bad-1', 'bad-2', 'bad-3', 'other'])
})

test('with the records there from the beginning nothing waits', () => {
  const held = new HeldComponents(() => {})
  held.settle(bad)
  assert.deepEqual(
    ['bad-1', 'good', 'bad-1'].map((name) => held.last(held.number(component(name)))),
    [0, -1, 0],
  )
  assert.deepEqual([held.size, held.matched.length], [2, 1])
})
