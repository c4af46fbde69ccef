import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { FindingRow } from '../src/contract/shapes/report.ts'
import type { ValidationList, ValidationRow } from '../src/contract/shapes/validation.ts'
import { ask } from './door.ts'
import { INPUTS, PATCHES, RECIPE, writeCards } from './validation/cards.ts'
import { Floor, type Sent } from './validation/floor.ts'
import { hostileRecipe, sleepyRecipe } from './validation/hostile.ts'
import { below, findBelow, groupsOf } from './validation/processes.ts'
import { pause } from './world.ts'

// A finder's report becomes proof: the real server, its own runner, a real sandbox, over HTTP and the command line alone. The tests
// stand in the order of the story and share one server.

/** Enough of each rung to be one, and no more. */
const SAME = /patch of each stops the other/
const QUICK = { variants: 12, refuzzSeconds: 0, runs: 3 }
const ESCAPES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

describe('validation, from a report to what is known', () => {
  let floor: Floor
  /** Of the clearinghouse, and of the finder's organisation. */
  let target: string
  let own: string
  let name: Sent
  let title: Sent
  let other: Sent
  let waiting: string

  before(async () => {
    floor = await Floor.open({ env: { WEIR_RUNNER: 'off' } })
    target = await floor.target('coordinator', writeCards(join(floor.home, 'cards')), RECIPE)
    const claim = { title: 'Heap overflow when a long name is read', kind: 'heap-buffer-overflow' }
    name = await floor.report(
      floor.world.finder,
      { ...claim, stack: ['put_text', 'take_name', 'take_line', 'main'] },
      INPUTS.name,
    )
  })
  after(async () => {
    await floor?.close()
  })

  test('without a runner it waits, says why, and nothing is run', async () => {
    const { world } = floor
    const row = await floor.start(world.coordinator, name.finding, target, { settings: QUICK })
    waiting = row.id
    assert.equal(row.state, 'waiting')
    assert.match(row.waitsFor ?? '', /^Nothing is run: .*switched off/)
    const shown = await floor.weir('coordinator', 'prove', 'show', waiting)
    assert.equal(shown.code, 0, shown.err)
    assert.match(shown.out, /^waiting +Nothing is run/m)
    assert.equal(findBelow(world.server.pid, 'src/runner/main.ts'), null)
    assert.equal((await floor.proof(name.flaw)).sandbox.ready, false)
  })

  test('a runner without bubblewrap says what is missing and what would help, and nothing is run', async (t) => {
    if (process.getuid?.() !== 0) return t.skip('hiding bubblewrap from one process needs root')
    const made = await floor.weir('administrator', 'token', 'make', '--name', 'runner', '--scope', 'job:lease')
    assert.equal(made.code, 0, made.err)
    const runner = spawn(
      'unshare',
      ['--mount', 'sh', '-c', 'mount --bind /dev/null /usr/bin/bwrap; exec "$@"', 'sh', ...runnerWords(floor)],
      {
        env: { ...process.env, WEIR_RUNNER_TOKEN: made.out.trim() },
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    )
    const ended = once(runner, 'exit')
    try {
      const { row } = await floor.until(waiting, ({ waitsFor }) => /no sandbox/.test(waitsFor ?? ''))
      assert.equal(row.state, 'waiting')
      assert.match((await floor.proof(name.flaw)).sandbox.mend ?? '', /apt-get install.*bubblewrap/)
    } finally {
      runner.kill()
      await ended
    }
  })

  test('once there is a sandbox, what waited runs by itself, and its finder may read it', async () => {
    await floor.restart({ env: { WEIR_VALIDATION_AT_ONCE: '1' } })
    const { row, result, log } = await floor.until(waiting)
    assert.equal(row.state, 'done', row.say)
    assert.deepEqual(
      result?.reproducers.map(({ verdict, fired, of }) => [verdict, fired, of]),
      [['confirmed', 3, 3]],
    )
    assert.ok(log)
    const { finder, rival } = floor.world
    const seen = await floor.page(waiting, finder)
    assert.deepEqual(
      [seen.row.flaw, seen.row.by, seen.row.target.name],
      [null, 'The clearinghouse', 'A target of the clearinghouse'],
    )
    assert.deepEqual(seen.result?.reproducers[0]?.verdict, 'confirmed')
    for (const part of ['', '/log', '/statement', '/proof'])
      assert.equal(await floor.status(rival, 'GET', `/v1/validations/${waiting}${part}`), 404, part)
    assert.equal((await floor.flaw(name.flaw)).row.proof, 'confirmed')
  })

  test('a finder has a finding of their own proved from the command line', async () => {
    own = await floor.target('finder', writeCards(join(floor.home, 'cards')), RECIPE)
    const patch = join(floor.home, 'fix.diff')
    const benign = join(floor.home, 'benign.txt')
    writeFileSync(patch, PATCHES.text())
    writeFileSync(benign, INPUTS.benign)
    for (const [kind, file] of [
      ['patch', patch],
      ['benign', benign],
    ] as const) {
      const ran = await floor.weir('finder', 'evidence', 'add', name.finding, file, '--kind', kind)
      assert.equal(ran.code, 0, ran.err)
      assert.match(ran.out, /^evd_\w+\n$/)
    }
    const listed = await floor.weir('finder', 'target', 'list')
    assert.match(listed.out, new RegExp(`^${own} +pkg:generic/cards +cards `, 'm'))
    assert.doesNotMatch(listed.out, new RegExp(target))
    const words = ['--target', own, '--tasks', 'reproduce,patch', '--variants', '12', '--refuzz', '0', '--runs', '3', '--wait']
    const ran = await floor.weir('finder', 'prove', name.finding, ...words)
    assert.equal(ran.code, 0, `${ran.out}${ran.err}`)
    assert.match(ran.out, /^A crash\.txt +confirmed +3 of 3 +heap-buffer-overflow in put_text +CWE-787$/im)
    assert.match(ran.out, /^patch {2}A fix\.diff {2}validated$/m)
    assert.doesNotMatch(ran.out, ESCAPES)
    assert.equal((await floor.weir('rival', 'prove', 'show', ran.out.split(/\s+/)[1]!)).code === 0, false)
  })

  test('the statement holds by the runner’s key, and the ledger has its digest', async () => {
    const { finder } = floor.world
    const { rows } = await floor.get<ValidationList>('/v1/validations', finder)
    const { id } = rows[0]!
    const file = join(floor.home, 'statement.json')
    writeFileSync(file, JSON.stringify(await floor.get(`/v1/validations/${id}/statement`, finder)))
    const state = join(floor.home, 'data', 'runner')
    const verified = await floor.weir('', 'validate', 'verify', file, '--state', state)
    assert.equal(verified.code, 0, `${verified.out}${verified.err}`)
    const stranger = await floor.weir('', 'validate', 'verify', file, '--key', strangersKey(floor.home))
    assert.equal(stranger.code, 1)
    const receipt = join(floor.home, 'proof.json')
    for (let tries = 0; !existsSync(receipt) && tries < 120; tries++) {
      await floor.weir('finder', 'ledger', 'prove', id, '--out', receipt)
      await pause(250)
    }
    await floor.weir('', 'ledger', 'verify', floor.world.url)
    const held = await floor.weir('', 'ledger', 'verify-receipt', receipt)
    assert.equal(held.code, 0, `${held.out}${held.err}`)
    const { result } = await floor.page(id, finder)
    assert.ok(held.out.includes(result!.statement!.digest), held.out)
    assert.match(held.out, /the log holds it/)
  })

  test('patches of different organisations: the same flaw is merged, another is kept apart, in words, and it can be undone', async () => {
    const { finder, rival, coordinator } = floor.world
    title = await floor.report(rival, { title: 'Long titles crash the reader of cards', stack: ['put_text'] }, INPUTS.title)
    const claim = { title: 'Text of a field is taken without its length', stack: ['put_text', 'take_line'] }
    other = await floor.report(finder, claim, INPUTS.shelf)
    assert.equal(new Set([name.flaw, title.flaw, other.flaw]).size, 3)
    await floor.evidence(rival, title.finding, 'patch', PATCHES.textToo())
    await floor.evidence(finder, other.finding, 'patch', PATCHES.mark())
    const { id } = await floor.start(coordinator, name.flaw, target, {
      tasks: ['reproduce', 'patch', 'matrix'],
      settings: QUICK,
    })
    const { row, result } = await floor.until(id)
    assert.equal(row.state, 'done', row.say)
    assert.deepEqual(
      result?.patches.map(({ standing, say }) => (standing === 'validated' ? standing : say)),
      ['validated', 'validated', 'validated'],
    )
    const related = result!.matrix!.relations.map(({ relation }) => relation).sort()
    assert.deepEqual(related, ['apart', 'apart', 'same'])
    const merged = await untilFlaw(floor, name.flaw, (page) => page.row.findings === 2)
    assert.equal((await floor.flaw(title.flaw)).mergedInto, name.flaw)
    assert.ok(merged.history.some(({ who, say }) => who === 'Weir' && /merged in/.test(say)))
    const { relations } = await floor.proof(name.flaw)
    assert.ok(
      relations.some((one) => one.relation === 'same' && SAME.test(one.say)),
      JSON.stringify(relations),
    )
    const apart = await untilFlaw(floor, other.flaw, (page) => page.suggestions.every(({ state }) => state !== 'open'))
    assert.ok(apart.suggestions.some(({ state }) => state === 'kept-apart'))
    assert.equal(await floor.status(rival, 'GET', `/v1/validations/${id}`), 404)
  })

  test('whose own reproducer was confirmed is told that the flaw is known, once it is shared', async () => {
    const { finder, rival } = floor.world
    const stateOf = async (who: string, finding: string) => {
      const { rows } = await floor.get<{ rows: FindingRow[] }>('/v1/findings?limit=50', who)
      return rows.find(({ id }) => id === finding)?.state
    }
    assert.equal(await stateOf(rival, title.finding), 'known-already')
    assert.notEqual(await stateOf(finder, name.finding), 'known-already', 'theirs was first')
  })

  test('in a flaw that is shared a finder sees nothing of another’s evidence', async () => {
    const { rival, coordinator } = floor.world
    const { id } = await floor.start(coordinator, title.finding, target, { settings: QUICK })
    await floor.until(id)
    const page = await floor.page(id, rival)
    assert.deepEqual(
      page.result?.reproducers.map(({ reproducer, letter }) => [reproducer, letter]),
      [[`${title.finding}-1`, 'A']],
    )
    const text = JSON.stringify(page) + (await ask(`${floor.world.url}/v1/validations/${id}/log`, { cookie: rival })).body
    for (const hidden of [name.finding, name.flaw, 'fix.diff', INPUTS.name.trim()]) assert.ok(!text.includes(hidden), hidden)
    const { rows } = await floor.get<ValidationList>('/v1/validations', rival)
    assert.deepEqual(
      rows.map((row) => row.finding),
      [title.finding],
    )
    for (const path of [`/v1/flaws/${name.flaw}/proof`, `/v1/targets/${target}`])
      assert.equal(await floor.status(rival, 'GET', path), 404)
  })

  test('the merge can be undone', async () => {
    for (let tries = 0; (await floor.flaw(title.flaw)).row.state !== 'open'; tries++) {
      // The newest deed first: that one was kept apart, and then the merge.
      assert.ok(tries < 2, 'two deeds were done')
      const { version } = (await floor.flaw(name.flaw)).row
      assert.equal(await floor.status(floor.world.coordinator, 'POST', `/v1/flaws/${name.flaw}/undo`, { version }), 200)
    }
    assert.equal((await floor.flaw(name.flaw)).row.findings, 1)
  })

  test('one patch that stops both, one way only, is an edge in words and never a merge', async () => {
    const { finder, rival, coordinator } = floor.world
    const claim = { title: 'Shelf numbers are written outside of the table', kind: 'global-buffer-overflow' }
    const wide = await floor.report(finder, { ...claim, stack: ['mark', 'take_shelf', 'take_line', 'main'] }, INPUTS.shelf)
    const narrow = await floor.report(rival, { title: 'Row numbers crash the reader of cards', stack: ['mark'] }, INPUTS.row)
    await floor.evidence(finder, wide.finding, 'patch', PATCHES.mark())
    await floor.evidence(rival, narrow.finding, 'patch', PATCHES.row())
    for (const benign of [INPUTS.benign, 'shelf 2\nrow 5\n', 'colour red\nname bea\n'])
      await floor.evidence(finder, wide.finding, 'benign', benign)
    // Without variants: one of them would take the other way to the same bug, and the narrow patch would be none.
    const asked = { tasks: ['reproduce', 'patch', 'matrix'], settings: { ...QUICK, variants: 0 } }
    const { id } = await floor.start(coordinator, narrow.flaw, target, asked)
    const { result } = await floor.until(id)
    assert.equal(result?.matrix?.relations.length, 1, JSON.stringify(result))
    assert.match(result.matrix.relations[0]!.relation, /covers/, JSON.stringify(result, null, 1))
    const raised = await untilFlaw(floor, narrow.flaw, (page) =>
      page.suggestions.some(({ reasons }) => reasons.some(({ say }) => /^One covers the other/.test(say))),
    )
    assert.equal(raised.row.findings, 1)
    assert.deepEqual(
      raised.suggestions.map(({ state }) => state),
      ['open'],
    )
  })

  test('a running one is stopped, its turn is kept for one at a time, and nothing of it is left', async () => {
    const { coordinator, server } = floor.world
    const sleepy = await floor.target('coordinator', writeCards(join(floor.home, 'sleepy')), sleepyRecipe(RECIPE))
    const running = await floor.start(coordinator, name.finding, sleepy)
    await floor.until(running.id, ({ state, progress }) => state === 'running' && progress !== null)
    const second = await floor.start(coordinator, name.finding, target)
    assert.match(second.waitsFor ?? '', /1 of 1 jobs of its organisation run at once/)
    const sandboxes = new Set(below(server.pid).map(({ pid }) => pid))
    await within(60_000, () => below(server.pid).some(({ words }) => words.startsWith('sleep 471')))
    assert.equal((await floor.weir('coordinator', 'prove', 'stop', second.id)).code, 0)
    const stopped = await floor.weir('coordinator', 'prove', 'stop', running.id)
    assert.equal(stopped.code, 0, stopped.err)
    assert.match(stopped.err, /Is being stopped/)
    const { row } = await floor.until(running.id)
    assert.deepEqual([row.state, row.say], ['stopped', 'Stopped.'])
    await within(30_000, () => !below(server.pid).some(({ words }) => words.startsWith('sleep 471')))
    await within(30_000, () => groupsOf(sandboxes).length === 0)
    assert.equal((await floor.weir('coordinator', 'prove', 'stop', running.id)).code, 1, 'it has ended')
  })

  test('a hostile recipe ends in a verdict, and nothing of what it prints is alive', async () => {
    const { coordinator, url } = floor.world
    const hostile = await floor.target('coordinator', writeCards(join(floor.home, 'hostile')), hostileRecipe(RECIPE))
    const { id } = await floor.start(coordinator, name.finding, hostile, { settings: { runs: 3 } })
    const { row, result } = await floor.until(id)
    assert.equal(row.state, 'done', row.say)
    assert.deepEqual(
      result?.reproducers.map(({ verdict }) => verdict),
      ['did-not-build'],
    )
    const log = await ask(`${url}/v1/validations/${id}/log`, { cookie: coordinator })
    assert.ok(log.body.length < 64 << 20, `${log.body.length}`)
    assert.match(String(log.headers['content-disposition']), /^attachment/)
    assert.match(String(log.headers['content-type']), /^text\/plain/)
    assert.match(String(log.headers['content-security-policy']), /default-src 'none'|sandbox/)
    const shown = await floor.weir('coordinator', 'prove', 'show', id)
    assert.equal(shown.code, 1)
    assert.match(shown.out, /did not build/)
    assert.doesNotMatch(shown.out, ESCAPES)
    assert.ok(!existsSync('/owned') && !existsSync('/tmp/owned') && !existsSync('/etc/owned'))
  })

  test('what a day of sandbox time costs is held, and said', async () => {
    await floor.restart({ env: { WEIR_VALIDATION_SECONDS: '1' } })
    const row: ValidationRow = await floor.start(floor.world.coordinator, name.finding, target)
    assert.equal(row.state, 'waiting')
    const { row: held } = await floor.until(row.id, ({ waitsFor }) => /of 1 seconds/.test(waitsFor ?? ''))
    assert.match(held.waitsFor!, /^Waits: \d+ of 1 seconds of sandbox time a day are used/)
    await pause(1500)
    assert.equal((await floor.page(row.id)).row.state, 'waiting')
  })
})

async function untilFlaw(floor: Floor, id: string, wanted: (page: Awaited<ReturnType<Floor['flaw']>>) => boolean) {
  for (let tries = 0; ; tries++) {
    const page = await floor.flaw(id)
    if (wanted(page)) return page
    if (tries > 600)
      assert.fail(`the flaw did not become as wanted: ${JSON.stringify(page.row)} ${JSON.stringify(page.history)}`)
    await pause(100)
  }
}

async function within(ms: number, is: () => boolean): Promise<void> {
  const until = Date.now() + ms
  while (!is()) {
    if (Date.now() > until) assert.fail(`not within ${ms} ms`)
    await pause(100)
  }
}

function strangersKey(home: string): string {
  const file = join(home, 'stranger.pem')
  writeFileSync(file, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }))
  return file
}

/** A runner of this checkout for the floor's server, with a state of its own. */
function runnerWords({ home, world }: Floor): string[] {
  const entry = resolve(import.meta.dirname, '../src/runner/main.ts')
  return [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    entry,
    'lease',
    '--server',
    world.url,
    '--state',
    join(home, 'elsewhere'),
  ]
}
