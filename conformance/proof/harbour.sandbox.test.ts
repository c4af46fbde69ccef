import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { HARBOUR, type Judgement, judge } from './harbour/judge.ts'
import { goodOnly, matrixMs, type Proved, proveLocally } from './harbour/weir.ts'

// Harbour is a server with fourteen planted bugs. First a judge that knows nothing of Weir shows that they, their reproducers and
// patches are what they claim to be; then Weir has to find the same without the judge's private cases.

const IDS = Array.from({ length: 14 }, (_, i) => String(i + 1).padStart(2, '0'))
/** At most one in fourteen wrong patches may pass without private cases. */
const REJECTED_LEAST = 13

const LADDERS = { runs: 3, variants: 200, refuzzSeconds: 5 }
/** The fuzzing harness answers nothing, so bad patches are not counted there; few variants will do. */
const QUICK = { runs: 3, variants: 10, refuzzSeconds: 0 }

// The ladders of all 28 patches take minutes: `npm run soak -- proof` climbs them. Here it is reproducers and the matrix.
const WHOLE = process.env['WEIR_SOAK'] === '1'

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

describe('harbour, by Weir over exchanges with the server', { skip, concurrency: false }, () => {
  const proved = provedOnce('exchanges', (state) =>
    WHOLE
      ? proveLocally(join(HARBOUR, 'weir-proof.json'), state, ['reproduce', 'patch', 'matrix'], LADDERS)
      : proveLocally(goodOnly('weir-proof.json', state), state, ['reproduce', 'matrix'], QUICK),
  )
  asTheyAre(proved)

  if (WHOLE)
    test('all bad patches but one are rejected without the private cases', () => {
      const passed = patches(proved(), 'bad').filter(({ standing }) => standing !== 'rejected')
      assert.ok(14 - passed.length >= REJECTED_LEAST, `${passed.map(({ patch }) => patch).join(' ')} passed`)
    })
})

describe('harbour, by Weir over the fuzzing harness', { skip, concurrency: false }, () => {
  const proved = provedOnce('fuzzing harness', (state) =>
    proveLocally(goodOnly('weir-proof-fuzz.json', state), state, ['reproduce', ...(WHOLE ? ['patch'] : []), 'matrix'], QUICK),
  )
  asTheyAre(proved)
})

/** Proves before the tests of a suite, in a state folder that is removed after them. */
function provedOnce(name: string, prove: (state: string) => Promise<Proved>): () => Proved {
  let proved: Proved | null = null
  let state = ''
  before(async () => {
    state = mkdtempSync(join(tmpdir(), 'weir-harbour-'))
    proved = await prove(state)
    tell(name, proved)
  })
  after(() => rmSync(state, { recursive: true, force: true }))
  return () => proved!
}

function asTheyAre(proved: () => Proved): void {
  test('all fourteen are confirmed', () => {
    const verdicts = proved().outcome.reproducers.map(({ reproducer, verdict, say }) => [
      reproducer,
      verdict,
      verdict === 'confirmed' ? '' : say,
    ])
    assert.deepEqual(
      verdicts,
      IDS.map((id) => [id, 'confirmed', '']),
    )
  })

  if (WHOLE)
    test('all good patches are validated', () => {
      const fallen = patches(proved(), 'good').filter(({ standing }) => standing !== 'validated')
      assert.deepEqual(
        fallen.map(({ patch, say }) => [patch, say]),
        [],
      )
      assert.equal(patches(proved(), 'good').length, 14)
    })

  test('the matrix of good patches is the true one', () => {
    const cells = proved().outcome.matrix?.cells.filter(({ patch }) => patch.endsWith('-good')) ?? []
    const truth = ({ patch, reproducer }: (typeof cells)[number]) => (patch === `${reproducer}-good` ? 'silent' : 'fires')
    assert.deepEqual(
      cells.filter((cell) => cell.outcome !== truth(cell)).map(({ say }) => say),
      [],
    )
    assert.equal(cells.length, 14 * 14)
  })
}

const patches = ({ outcome }: Proved, kind: 'good' | 'bad') => outcome.patches.filter(({ patch }) => patch.endsWith(`-${kind}`))

/** What it came to, in a line. */
function tell(name: string, proved: Proved): void {
  const good = patches(proved, 'good').filter(({ standing }) => standing === 'validated').length
  const bad = patches(proved, 'bad').filter(({ standing }) => standing === 'rejected').length
  const confirmed = proved.outcome.reproducers.filter(({ verdict }) => verdict === 'confirmed').length
  const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`
  const sum = `${confirmed}/14 confirmed, ${good}/14 good validated, ${bad} bad rejected`
  const cells = proved.outcome.matrix?.cells.length ?? 0
  console.log(`harbour, ${name}: ${sum}, ${cells} cells in ${seconds(matrixMs(proved) ?? 0)}; ${seconds(proved.wallMs)} in all`)
}
