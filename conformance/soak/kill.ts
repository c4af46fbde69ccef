import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, type ServerProcess, startServerProcess } from '../../bench/server-process.ts'
import { ndjson, seeded } from '../../bench/shapes.ts'

// Kills the server with -9 at random moments of an intake, 20 times; after each the same upload is sent again to a server
// started anew on the same data. In the end the counts must equal those of an undisturbed run, and the ledger must verify.

const FINDINGS = Number(process.env['KILL_FINDINGS'] ?? 6000)
const KILLS = Number(process.env['KILL_TIMES'] ?? 20)
const body = Buffer.concat([...ndjson(FINDINGS, 99)])
const random = seeded(Number(process.env['KILL_SEED'] ?? 1))

interface Counts {
  readonly accepted: number
  readonly merged: number
  readonly needsInfo: number
  readonly refused: number
  readonly clustered: number
  readonly flaws: number
}

const home = mkdtempSync(join(tmpdir(), 'weir-kill-'))
let failed = false
try {
  const calm = await undisturbed(join(home, 'calm'))
  const stormy = await disturbed(join(home, 'stormy'))
  console.log(`undisturbed ${JSON.stringify(calm)}`)
  console.log(`after ${KILLS} kills ${JSON.stringify(stormy.counts)}, ledger ${stormy.ledger}`)
  failed = JSON.stringify(calm) !== JSON.stringify(stormy.counts) || stormy.ledger !== 'verifies'
  console.log(failed ? 'FAILED: the counts differ or the ledger does not verify' : 'passed: nothing lost, nothing twice')
} finally {
  rmSync(home, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function undisturbed(data: string): Promise<Counts> {
  const server = await startServerProcess({ data, env: { WEIR_LEDGER_SECONDS: '1' } })
  try {
    await send(server, await server.signIn('finder'))
    return await settled(server)
  } finally {
    await server.stop()
  }
}

async function disturbed(data: string): Promise<{ counts: Counts; ledger: string }> {
  const port = await freePort()
  for (let n = 0; n < KILLS; n++) {
    const server = await startServerProcess({ data, port, env: { WEIR_LEDGER_SECONDS: '1' } })
    const sending = send(server, await server.signIn('finder')).catch(() => 'cut')
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 900))
    await server.kill()
    console.log(`kill ${n + 1} of ${KILLS}: the upload was ${(await sending) === 'cut' ? 'cut' : 'whole'}`)
  }
  const server = await startServerProcess({ data, port, env: { WEIR_LEDGER_SECONDS: '1' } })
  try {
    await send(server, await server.signIn('finder'))
    const counts = await settled(server)
    return { counts, ledger: await verifyLedger(server.url) }
  } finally {
    await server.stop()
  }
}

async function send(server: ServerProcess, cookie: string): Promise<string> {
  const answer = await fetch(`${server.url}/v1/reports?format=weir-ndjson`, {
    method: 'POST',
    body,
    headers: { cookie, 'x-weir': '1', 'idempotency-key': 'kill', accept: 'application/x-ndjson' },
  })
  const text = await answer.text()
  if (!text.includes('"type":"summary"')) throw new Error('cut')
  return 'whole'
}

async function settled(server: ServerProcess): Promise<Counts> {
  const cookie = await server.signIn('coordinator')
  for (;;) {
    const get = async (path: string) => await (await fetch(server.url + path, { headers: { cookie } })).json()
    const { rows } = (await get('/v1/reports')) as {
      rows: { complete: boolean; clustered: number; counts: Omit<Counts, 'clustered' | 'flaws'> }[]
    }
    const report = rows[0]
    const { tabs } = (await get('/v1/flaws?limit=1')) as { tabs: { everything: number } }
    if (
      rows.length === 1 &&
      report?.complete &&
      report.clustered === report.counts.accepted + report.counts.merged + report.counts.needsInfo
    ) {
      const { accepted, merged, needsInfo, refused } = report.counts
      return { accepted, merged, needsInfo, refused, clustered: report.clustered, flaws: tabs.everything }
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function verifyLedger(url: string): Promise<string> {
  const { verifyServed } = await import('../verify-served.ts')
  return await verifyServed(url)
}
