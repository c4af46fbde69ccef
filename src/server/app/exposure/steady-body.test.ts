import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ReadingPlaces } from './reading-places.ts'
import { steadyBody, TooSlow } from './steady-body.ts'

const PACE = { bytes: 100, ms: 300 }

async function* coming(parts: readonly (readonly [number, number])[]): AsyncGenerator<Uint8Array> {
  for (const [ms, bytes] of parts) {
    if (ms > 0) await sleep(ms)
    yield new Uint8Array(bytes)
  }
}

async function length(source: AsyncIterable<Uint8Array>): Promise<number> {
  let sum = 0
  for await (const part of source) sum += part.length
  return sum
}

test('a body that comes steadily comes whole, however long it takes', async () => {
  const parts = Array.from({ length: 10 }, () => [12, 100] as const)
  assert.equal(await length(steadyBody(coming(parts), PACE)), 1000)
  assert.equal(await length(steadyBody(coming([]), PACE)), 0)
})

test('one that stops, and one that drips, are given up in time', { timeout: 5_000 }, async () => {
  const silent: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: () => new Promise(() => {}) }),
  }
  await assert.rejects(length(steadyBody(silent, PACE)), TooSlow)
  const drips = Array.from({ length: 100 }, () => [10, 1] as const)
  await assert.rejects(length(steadyBody(coming(drips), PACE)), TooSlow)
})

test('time that the reader takes is not the sender’s', async () => {
  let sum = 0
  for await (const part of steadyBody(coming(Array.from({ length: 4 }, () => [0, 10])), PACE)) {
    sum += part.length
    await sleep(120)
  }
  assert.equal(sum, 40)
})

test('what a sender breaks off with is told as it is', async () => {
  const broken = async function* () {
    yield new Uint8Array(3)
    throw new Error('went away')
  }
  await assert.rejects(length(steadyBody(broken(), PACE)), /went away/)
})

test('places are shared out: one organisation leaves some to others, and none is given back twice', () => {
  const places = new ReadingPlaces(3, 2)
  const [first, second] = [places.take('a'), places.take('a')]
  assert.ok(first !== null && second !== null)
  assert.equal(places.take('a'), null)
  const other = places.take('b')
  assert.ok(other !== null)
  assert.equal(places.take('c'), null)
  first()
  first()
  assert.ok(places.take('c') !== null)
  assert.equal(places.take('c'), null)
})
