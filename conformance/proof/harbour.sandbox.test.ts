import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { HARBOUR, type Judgement, judge, readProof } from './harbour/judge.ts'
import { type Proved, proveLocally } from './harbour/weir.ts'

// Harbour is a server with fourteen planted bugs. First a judge that knows nothing of Weir shows that they, their reproducers and
// patches are what they claim to be; then Weir has to find the same without the judge's private cases.

const IDS = Array.from({ length: 14 }, (_, i) => String(i + 1).padStart(2, '0'))
/** At most one in fourteen wrong patches may pass without private cases. */
const REJECTED_LEAST = 13
const MATRIX_SECONDS = 60
const SMALL = { runs: 3, variants: 60, refuzzSeconds: 2 }

const lacking = ['clang', 'make', 'perl', 'patch', 'bwrap'].filter((name) => !existsSync(`/usr/bin/${name}`))
const skip = lacking.length === 0 ? false : `needs ${lacking.join(', ')}: apt-get install clang make perl patch bubblewrap`

describe('harbour, by a judge of its own', { skip, concurrency: false }, () => {
  let found: Judgement
  before(async () => {
    found = await judge()
  })

  test('every reproducer crashes at its planted place, and no benign exchange does', () => {
    assert.deepEqual(
      [...found.reproducers],
      IDS.map((id) => [id, []]),
    )
    assert.deepEqual(found.benign, [])
  })

  test('every good patch stops its reproducer and no other, and passes the suite and the private cases', () => {
    for (const id of IDS) {
      const good = { fault: null, silences: true, suite: true, failed: [] }
      assert.deepEqual(found.patches.get(`${id}-good`), good, `${id}-good`)
      assert.deepEqual(found.matrix.get(`${id}-good`), [id])
    }
    assert.deepEqual(found.together, [])
  })

  test('every bad patch stops its reproducer as well, and fails a private case', () => {
    for (const id of IDS) {
      const bad = found.patches.get(`${id}-bad`)
      assert.ok(bad?.fault === null && bad.silences, `${id}-bad silences`)
      assert.ok(bad.failed.length > 0, `${id}-bad fails a private case`)
    }
  })
})

for (const [name, file, recipe] of [
  ['over exchanges with the server', 'weir-proof.json', 'server'],
  ['over the fuzzing harness', 'weir-proof-fuzz.json', 'fuzz'],
] as const) {
  describe(`harbour, by Weir ${name}`, { skip, concurrency: false }, () => {
    const state = mkdtempSync(join(tmpdir(), 'weir-harbour-'))
    let proved: Proved
    before(async () => {
      proved = await proveLocally(join(HARBOUR, file), state, ['reproduce', 'patch', 'matrix'], SMALL)
      tell(name, proved)
    })
    after(() => rmSync(state, { recursive: true, force: true }))

    test('all fourteen are confirmed', () => {
      const verdicts = proved.outcome.reproducers.map(({ reproducer, verdict, say }) => [
        reproducer,
        verdict,
        verdict === 'confirmed' ? '' : say,
      ])
      assert.deepEqual(
        verdicts,
        IDS.map((id) => [id, 'confirmed', '']),
      )
    })

    test('all good patches stand', () => {
      const allowed = recipe === 'server' ? ['validated'] : ['validated', 'stops-the-reproducer']
      const fallen = patches(proved, 'good').filter(({ standing }) => !allowed.includes(standing))
      assert.deepEqual(
        fallen.map(({ patch, say }) => [patch, say]),
        [],
      )
    })

    if (recipe === 'server')
      test('all bad patches but one are rejected without the private cases', () => {
        const rejected = patches(proved, 'bad').filter(({ standing }) => standing === 'rejected')
        assert.ok(rejected.length >= REJECTED_LEAST, `${rejected.length} of 14`)
      })

    test('the matrix of good patches is the true one', () => {
      const cells = proved.outcome.matrix?.cells.filter(({ patch }) => patch.endsWith('-good')) ?? []
      const wrong = cells.filter(
        ({ patch, reproducer, outcome }) =>
          (outcome === 'silent') !== patch.startsWith(reproducer) || (outcome !== 'silent' && outcome !== 'fires'),
      )
      assert.deepEqual(wrong, [])
      assert.equal(cells.length, 14 * 14)
    })
  })
}

const patches = ({ outcome }: Proved, kind: 'good' | 'bad') => outcome.patches.filter(({ patch }) => patch.endsWith(`-${kind}`))

/** One line a patch that does not stand as it should, and the sum. */
function tell(name: string, proved: Proved): void {
  const good = patches(proved, 'good').filter(({ standing }) => standing === 'validated').length
  const bad = patches(proved, 'bad').filter(({ standing }) => standing === 'rejected').length
  const confirmed = proved.outcome.reproducers.filter(({ verdict }) => verdict === 'confirmed').length
  const seconds = (proved.wallMs / 1000).toFixed(0)
  console.log(`harbour ${name}: ${confirmed}/14 confirmed, ${good}/14 good validated, ${bad}/14 bad rejected, ${seconds} s`)
}
