import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parseSuite } from './suite-file.ts'

const SAMPLE = readFileSync(join(import.meta.dirname, '../../../suites/sample/suite.json'), 'utf8')

/** A suite of one family of one task, small enough to be changed thousands of times. */
function small(): unknown {
  const suite = JSON.parse(SAMPLE) as { families: { tasks: unknown[] }[] }
  const [family] = suite.families
  return { ...suite, families: [{ ...family, tasks: family!.tasks.slice(0, 1) }] }
}

/** Every place in a value, as a list of steps. */
function places(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([name, one]) => places(one, [...at, name]))]
}

function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) }
  copy[step] = replaced(copy[step], rest, by)
  return copy
}

describe('the parser of suites', () => {
  test('any text is read or refused with a place and words', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = parseSuite(text)
        assert.ok(!read.ok && read.at !== '' && read.say !== '')
      }),
    )
  })

  test('whatever replaces one value of a suite: what is read is what stands there, and a refusal says where', () => {
    const suite = small()
    const everywhere = places(suite)
    assert.ok(parseSuite(JSON.stringify(suite)).ok)
    fc.assert(
      fc.property(fc.nat(everywhere.length - 1), fc.jsonValue({ maxDepth: 2 }), (n, value) => {
        const text = JSON.stringify(replaced(suite, everywhere[n]!, value))
        const read = parseSuite(text)
        if (read.ok) assert.deepEqual(read.suite, JSON.parse(text))
        else assert.ok(read.at !== '' && read.at.length <= 200 && read.say.length < 2000)
      }),
      { numRuns: 2000 },
    )
  })
})
