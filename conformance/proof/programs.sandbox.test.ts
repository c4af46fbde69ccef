import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Verdict } from '../../src/core/validation/verdict.ts'
import { type Proved, proveLocally } from './harbour/weir.ts'
import { isHere } from './outside-run.ts'
import { lineOf, rejectedShare, sumOf } from './results-table.ts'
import { lacks, NEGATIVES, PROGRAMS, programNames, readProgram, verifyOutside } from './verify-outside.ts'

// Small programs with a planted flaw each, a right patch and two wrong ones: first a judge that knows nothing of Weir shows that
// they are what they claim to be, then Weir has to find the same without the hidden cases. conformance/proof/README.md says more.

const SMALL = { runs: 3, variants: 80, refuzzSeconds: 2 }
const WRONG_REJECTED_LEAST = 0.9
const LANES = 2

/** What each of the negatives has to be called. */
const NEGATIVE_VERDICTS: Readonly<Record<string, Verdict>> = {
  calm: 'not-reproduced',
  coin: 'flaky',
  hungry: 'resource-exhaustion',
  'no-stations': 'environment-failure',
  'other-claim': 'different-bug',
  'own-fuzz': 'harness-only',
  torn: 'did-not-build',
  'two-bugs': 'confirmed',
}

const skip = isHere('bwrap') ? false : 'needs bubblewrap: apt-get install bubblewrap'
/** All of them take ten minutes: `npm run soak -- proof`. These stand for them in each run, one of each kind. */
const IN_EACH_RUN = ['mixwave', 'nestdoc', 'packbit', 'ropelink', 'skipread', 'slipmail', 'stepclock', 'stowpath']
const WHOLE = process.env['WEIR_SOAK'] === '1'
const wanted = (name: string) => WHOLE || IN_EACH_RUN.includes(name)
const present = programNames(PROGRAMS)
  .filter(wanted)
  .filter((name) => {
    const lacking = lacks(readProgram(join(PROGRAMS, name)))
    if (lacking !== null) console.log(`${name} is left out: there is no ${lacking} on this machine`)
    return lacking === null
  })

describe('programs, by a judge that knows nothing of Weir', { skip, concurrency: LANES }, () => {
  for (const name of present)
    test(`${name} fires, its patches silence it, and hidden cases tell right from wrong`, async () => {
      assert.deepEqual(await verifyOutside(join(PROGRAMS, name)), [])
    })
})

describe('programs, by Weir', { skip, concurrency: false }, () => {
  let proved: ReadonlyMap<string, Proved>
  before(async () => {
    proved = await proveAll(PROGRAMS, present)
    for (const [name, one] of proved) console.log(lineOf(name, one))
    console.log(sumOf(proved))
  })

  test('every program gave an outcome', () => assert.deepEqual([...proved.keys()].sort(), present))

  test('every reproducer is confirmed', () => {
    const others = [...proved].flatMap(([name, { outcome }]) =>
      outcome.reproducers.filter(({ verdict }) => verdict !== 'confirmed').map(({ say }) => `${name}: ${say}`),
    )
    assert.deepEqual(others, [])
  })

  test('every right patch is validated', () => {
    const others = [...proved].flatMap(([name, { outcome }]) =>
      outcome.patches
        .filter(({ patch, standing }) => patch === 'right' && standing !== 'validated')
        .map(({ say }) => `${name}: ${say}`),
    )
    assert.deepEqual(others, [])
  })

  test('at least nine of ten wrong patches are rejected without the hidden cases', () => {
    const share = rejectedShare(proved)
    assert.ok(share >= WRONG_REJECTED_LEAST, `${(100 * share).toFixed(0)} %`)
  })

  test('every wrong patch passes its reproducer: it is another rung that rejects it', () => {
    for (const [name, { outcome }] of proved)
      for (const { patch, rungs } of outcome.patches)
        for (const { rung, outcome: came, say } of rungs)
          if (rung === 'applies' || rung === 'builds' || rung === 'reproducers-silent')
            assert.equal(came, 'passed', `${name}, ${patch}: ${say}`)
  })
})

describe('what is no proof, by Weir', { skip, concurrency: false }, () => {
  const names = Object.keys(NEGATIVE_VERDICTS).filter((name) => lacks(readProgram(join(NEGATIVES, name))) === null)
  let proved: ReadonlyMap<string, Proved>
  before(async () => {
    proved = await proveAll(NEGATIVES, names)
    for (const [name, one] of proved) console.log(lineOf(name, one))
  })

  for (const name of names)
    test(`${name} is ${NEGATIVE_VERDICTS[name]}`, () => {
      const found = proved.get(name)!.outcome.reproducers
      assert.deepEqual(
        found.map(({ verdict }) => verdict),
        [NEGATIVE_VERDICTS[name]],
        found[0]?.say,
      )
    })

  test('the coin says how often it fired', () => {
    const { fired, of } = proved.get('coin')!.outcome.reproducers[0]!
    assert.ok(of === 20 && fired > 0 && fired < of, `${fired} of ${of}`)
  })

  test('both bugs of one input are named, apart', () => {
    const { seen, alsoMet } = proved.get('two-bugs')!.outcome.reproducers[0]!
    assert.ok(seen?.state.includes('keep'), seen?.state.join(', '))
    assert.ok(alsoMet.some((state) => state.includes('summary')))
  })
})

/** Proves each program, several at once, each lane with a runner and a state folder of its own. */
async function proveAll(folder: string, names: readonly string[]): Promise<ReadonlyMap<string, Proved>> {
  const found = new Map<string, Proved>()
  const waiting = [...names]
  const lane = async () => {
    const state = mkdtempSync(join(tmpdir(), 'weir-programs-'))
    after(() => rmSync(state, { recursive: true, force: true }))
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const proof = join(folder, name, 'weir-proof.json')
      const settings = { ...SMALL, ...readProgram(join(folder, name)).settings }
      const tasks = readProgram(join(folder, name)).patches.length > 0 ? ['reproduce', 'patch'] : ['reproduce']
      found.set(name, await proveLocally(proof, state, tasks, settings))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}
