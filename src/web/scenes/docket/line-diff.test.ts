import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineDiff } from './line-diff.ts'

test('a diff names what went and what came, and both texts can be read out of it', () => {
  const before = 'one\ntwo\nthree\nfour'
  const after = 'one\ntwo and a half\nthree\nfour\nfive'
  const diff = lineDiff(before, after)!
  assert.deepEqual(
    diff.filter(({ how }) => how !== 'same').map(({ how, text }) => `${how} ${text}`),
    ['gone two', 'come two and a half', 'come five'],
  )
  const side = (without: string) =>
    diff
      .filter(({ how }) => how !== without)
      .map(({ text }) => text)
      .join('\n')
  assert.equal(side('come'), before)
  assert.equal(side('gone'), after)
})

test('equal texts differ in nothing; texts too long to compare say so', () => {
  assert.ok(lineDiff('a\nb', 'a\nb')!.every(({ how }) => how === 'same'))
  assert.equal(lineDiff('\n'.repeat(3000), ''), null)
})
