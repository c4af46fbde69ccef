import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CustodyEntry } from '../../src/contract/custody.ts'
import { firstBreak } from '../../src/core/docket/custody-log.ts'
import { type FakeEndpoint, fakeEndpoint } from './endpoint.ts'
import { type CustodianProcess, register, startCustodian } from './process.ts'

const DOCKET = 'dkt_00000000000000000000000k'
const DAY = 86_400_000
/** A call that was judged just before the end reaches the endpoint a moment later; "within a second" is the promise. */
const ON_ITS_WAY_MS = 500

export interface Storm {
  readonly kills: number
  readonly passed: number
  /** Milliseconds by which the last call reached the endpoint after the end; negative: before it. */
  readonly latest: number
}

/**
 * One window's life with a process that is killed with -9 at random moments, before its end and after. Throws where a call
 * reaches the endpoint after the end, where one that reached it is not in the log, or where the log's chain is broken.
 */
export async function killStorm(windowMs: number, random: () => number, say: (line: string) => void): Promise<Storm> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-custody-kill-'))
  const endpoint = await fakeEndpoint()
  let kills = 0
  let answered = 0
  const sleep = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))
  try {
    let custodian = await startCustodian(folder)
    const at = { api: 'openai-chat', base: endpoint.base, model: 'm', spki: null }
    assert.equal((await register(custodian, DOCKET, at, 'sk-storm'))?.did, 'registered')
    const ends = Date.now() + windowMs
    await custodian.ask({ do: 'window', docket: DOCKET, opens: Date.now() - 1, ends, latest: ends + DAY })
    const grant = String((await custodian.ask({ do: 'grant', docket: DOCKET, purpose: 'storm' }))?.['grant'])
    while (Date.now() < ends + 1500) {
      const until = Date.now() + 80 + random() * 500
      const calling = callUntil(until + 50, custodian, grant, (isWhole) => (answered += isWhole ? 1 : 0))
      await custodian.ask({ do: 'clock', database: Date.now() - Math.floor(random() * 5000) })
      await sleep(Math.max(0, until - Date.now()))
      await custodian.kill()
      kills++
      await calling
      custodian = await startCustodian(folder)
      // What the log says after a restart holds together, whenever the process was killed.
      assert.deepEqual(custodian.failures, [])
    }
    await custodian.ask({ do: 'clock', database: Date.now() - DAY })
    const late = await custodian.call(DOCKET, 'chat/completions', grant, {})
    assert.equal(((await late.json()) as { error: { type: string } }).error.type, 'window.ended')
    const entries = await wholeLog(custodian)
    await custodian.end()
    return judge(endpoint, entries, ends, kills, answered, say)
  } finally {
    endpoint.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function callUntil(
  until: number,
  custodian: CustodianProcess,
  grant: string,
  told: (isWhole: boolean) => void,
): Promise<void> {
  const one = async () => {
    while (Date.now() < until) {
      const isWhole = await custodian
        .call(DOCKET, 'chat/completions', grant, { messages: [{ content: 'x' }] })
        .then(async (answer) => (await answer.text()) !== '' && answer.status === 200)
        .catch(() => false)
      told(isWhole)
      await new Promise((done) => setTimeout(done, 15))
    }
  }
  await Promise.all([one(), one(), one()])
}

async function wholeLog(custodian: CustodianProcess): Promise<CustodyEntry[]> {
  const entries: CustodyEntry[] = []
  for (;;) {
    const page = (await custodian.ask({ do: 'log', docket: DOCKET, after: entries.length }))?.['entries'] as CustodyEntry[]
    entries.push(...page)
    if (page.length === 0) return entries
  }
}

function judge(
  { asked }: FakeEndpoint,
  entries: readonly CustodyEntry[],
  ends: number,
  kills: number,
  answered: number,
  say: (line: string) => void,
): Storm {
  const uses = entries.filter(({ what }) => what === 'call' || what === 'cut')
  const latest = Math.max(...asked.map(({ at }) => at)) - ends
  say(
    `${kills} kills, ${asked.length} calls reached the endpoint, ${uses.length} in the log, the last ${latest} ms after the end`,
  )
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
  assert.equal(firstBreak(entries, DOCKET, sha256), null)
  assert.ok(asked.length > 10, 'calls reached the endpoint at all')
  assert.ok(latest < ON_ITS_WAY_MS, `a call reached the endpoint ${latest} ms after the end`)
  assert.ok(uses.length >= asked.length, `${asked.length} calls reached the endpoint, ${uses.length} are in the log`)
  assert.ok(entries.filter(({ what }) => what === 'call').length >= answered, 'an answered call is not in the log')
  assert.equal(entries.filter(({ what }) => what === 'latched').length, 1)
  return { kills, passed: asked.length, latest }
}
