import assert from 'node:assert/strict'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { seeded } from '../../bench/shapes.ts'
import type { ValidationPage } from '../../src/contract/shapes/validation.ts'
import { instant } from '../../src/core/kernel/instant.ts'
import { readConfig } from '../../src/server/main/config.ts'
import { openGround } from '../../src/server/main/ground.ts'
import { pooledRandom } from '../../src/server/main/random.ts'
import { inTransaction } from '../../src/server/store/connection.ts'
import { ask } from '../door.ts'
import { verifyServed } from '../verify-served.ts'
import { pause } from '../world.ts'
import { writeCards } from './cards.ts'
import { Floor } from './floor.ts'
import { below, findBelow, groupsOf, naming } from './processes.ts'

const VICTIMS = ['runner', 'sandbox', 'server'] as const
type Victim = (typeof VICTIMS)[number]

/** A run takes a moment, so that kills meet work under way; nothing is built. */
const RUN = 'sleep 0.05\nread line <"$1"\ncase $line in fire*) kill -SEGV $$ ;; esac\necho "$line"\n'
const RECIPE = {
  version: 'weir-recipe/1',
  language: 'other',
  sanitizer: 'none',
  harnesses: [{ name: 'run', kind: 'command', run: ['/bin/sh', '/work/src/run.sh', '@@'] }],
}
const LOST = 'The runner was lost three times while it ran this.'
/** Jobs that wait or run before each kill. */
const LEAST_OPEN = 2

export interface Storm {
  readonly jobs: number
  readonly kills: number
  readonly seed: number
  readonly tell: (line: string) => void
}

export interface Calm {
  readonly done: number
  /** Ended because the runner was lost three times under them. */
  readonly lost: number
  readonly killed: Readonly<Record<Victim, number>>
}

/**
 * Kills runner, sandbox process or server with -9 at random moments while validations run, and insists that each ends exactly once:
 * one result, one statement, one event of its end, one commitment in a ledger that verifies; and that nothing is left behind.
 */
export async function storm({ jobs, kills, seed, tell }: Storm): Promise<Calm> {
  const random = seeded(seed)
  const start = { env: { WEIR_VALIDATION_AT_ONCE: '100', WEIR_LOG: 'fatal' } }
  const floor = await Floor.open(start)
  const killed: Record<Victim, number> = { runner: 0, sandbox: 0, server: 0 }
  const sandboxes = new Set<number>()
  try {
    const target = await floor.target('coordinator', writeCards(join(floor.home, 'run'), { 'run.sh': RUN }), RECIPE)
    const claim = { title: 'The reader stops on fire', stack: ['read_line'] }
    const { finding } = await floor.report(floor.world.finder, claim, 'fire now\n')
    const asked: string[] = []
    const more = async () => {
      asked.push((await floor.start(floor.world.coordinator, finding, target)).id)
    }
    for (let n = 0; n < jobs; n++) await more()
    const victims = shuffled(kills, random)
    for (let n = 0; n < kills; n++) {
      const open = await Promise.all(asked.map((id) => floor.page(id)))
      for (let left = open.filter(({ row }) => row.endedAt === null).length; left < LEAST_OPEN; left++) await more()
      const victim = victims[n % victims.length]!
      await pause(random() * 900)
      await kill(floor, victim, sandboxes, start)
      killed[victim]++
      tell(`kill ${n + 1} of ${kills}: the ${victim}`)
    }
    const ended: ValidationPage[] = []
    for (const id of asked) ended.push(await floor.until(id))
    const calm = { ...(await once(floor, ended)), killed }
    await within(
      30_000,
      () => groupsOf(sandboxes).length === 0,
      () => groupsOf(sandboxes).join(' '),
    )
    await floor.world.server.stop()
    const events = await endEvents(floor.home)
    assert.deepEqual(events, new Map(asked.map((id) => [id, 1])), 'one event of the end of each')
    await within(
      30_000,
      () => naming(floor.home).length === 0,
      () => JSON.stringify(naming(floor.home)),
    )
    return calm
  } finally {
    await floor.close()
  }
}

/** As many victims, of each kind the same number, in a random order among each three. */
function shuffled(count: number, random: () => number): Victim[] {
  return Array.from({ length: Math.ceil(count / VICTIMS.length) }, () => {
    const left = [...VICTIMS]
    return VICTIMS.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!)
  }).flat()
}

async function kill(floor: Floor, victim: Victim, sandboxes: Set<number>, start: object): Promise<void> {
  const { pid } = floor.world.server
  if (victim === 'server') {
    const tree = below(pid)
    note(tree, sandboxes)
    await floor.restart(start, 'kill')
    // What belonged to it ends by itself: nobody is there to end it. PostgreSQL is another matter: the next server takes it over.
    const own = new Set(tree.filter(({ words }) => /src\/(runner|sandbox)\/main/.test(words)).map((one) => one.pid))
    await within(
      30_000,
      () => naming(floor.home).every((one) => !own.has(one.pid)),
      () => 'left of a server that was killed',
    )
    return
  }
  const entry = victim === 'runner' ? 'src/runner/main.ts' : 'src/sandbox/main.ts'
  for (let tries = 0; tries < 200; tries++) {
    const found = findBelow(pid, entry)
    if (found !== null) {
      note(below(pid), sandboxes)
      process.kill(found.pid, 'SIGKILL')
      return
    }
    await pause(50)
  }
  assert.fail(`there is no ${victim} to kill: it was not started again`)
}

function note(tree: ReturnType<typeof below>, sandboxes: Set<number>): void {
  for (const { pid, words } of tree) if (words.includes('src/sandbox/main.ts')) sandboxes.add(pid)
}

/** Each ended once: whatever came to an outcome has one statement that the ledger holds, and no two have the same. */
async function once(floor: Floor, pages: readonly ValidationPage[]): Promise<Pick<Calm, 'done' | 'lost'>> {
  const { url, coordinator } = floor.world
  const statements = new Set<string>()
  let lost = 0
  for (const { row, result } of pages) {
    if (row.state === 'failed' && row.say === LOST) {
      lost++
      continue
    }
    assert.equal(row.state, 'done', JSON.stringify(row))
    assert.deepEqual(
      result?.reproducers.map(({ verdict }) => verdict),
      ['confirmed'],
    )
    statements.add(result!.statement!.digest)
    let proof = await ask(`${url}/v1/validations/${row.id}/proof`, { cookie: coordinator })
    for (let tries = 0; proof.status === 503 && tries < 40; tries++) {
      await pause(250)
      proof = await ask(`${url}/v1/validations/${row.id}/proof`, { cookie: coordinator })
    }
    assert.equal(proof.status, 200, proof.body.toString())
    const { statement } = JSON.parse(proof.body.toString()) as { statement: { statement: string } }
    assert.equal(statement.statement, result!.statement!.digest)
  }
  assert.equal(statements.size, pages.length - lost, 'a statement of its own for each')
  assert.equal(await verifyServed(url), 'verifies')
  return { done: statements.size, lost }
}

/** How many events of its end each validation has, read from the records once no server runs on them. */
async function endEvents(home: string): Promise<Map<string, number>> {
  const read = readConfig({}, { data: join(home, 'data'), demo: true }, homedir())
  assert.ok(read.ok)
  const ground = { clock: () => instant(Date.now()), random: pooledRandom() }
  const opened = await openGround(read.config, ground, () => {})
  try {
    const rows = await inTransaction(opened.ground.store, 'all', ({ db }) =>
      db
        .selectFrom('event')
        .select('aggregate_id')
        .where('type', 'in', ['validation-done', 'validation-stopped', 'validation-failed'])
        .orderBy('aggregate_id')
        .execute(),
    )
    const count = new Map<string, number>()
    for (const { aggregate_id } of rows) count.set(aggregate_id, (count.get(aggregate_id) ?? 0) + 1)
    return count
  } finally {
    await opened.close()
  }
}

async function within(ms: number, is: () => boolean, say: () => string): Promise<void> {
  const until = Date.now() + ms
  while (!is()) {
    if (Date.now() > until) assert.fail(`not within ${ms} ms: ${say()}`)
    await pause(100)
  }
}
