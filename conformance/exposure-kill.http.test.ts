import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ServerProcess, startServerProcess } from '../bench/server-process.ts'
import type { ActionList, ExposureReport, InventoryList } from '../src/contract/shapes/exposure.ts'
import type { KnownFlawOut } from '../src/contract/shapes/records.ts'
import { ask, read } from './door.ts'

// A server killed while inventories and catalogues come in: afterwards what is owed is what the inventories and the catalogue that
// stand there call for, whichever of what was under way that is.

const KILLS = [15, 130]
const ASSETS = 7
const CVE = 'CVE-2026-0001'
const FLAWED = '1.0.0'
const SOUND = '2.0.0'

const RECORD = JSON.stringify({
  id: 'GHSA-kill-kill-kill',
  modified: '2026-01-01T00:00:00Z',
  aliases: [CVE],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'killed' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: SOUND }] }],
    },
  ],
})

/** What an inventory has stands in the name of its subject too: so it can be asked which one is kept. */
function bom(version: string): string {
  const component = { type: 'library', name: 'killed', version, purl: `pkg:npm/killed@${version}` }
  const subject = { type: 'application', name: version }
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: subject },
    components: [component],
  })
}

function kev(edition: number): string {
  const listed = edition % 2 === 0 ? [] : [CVE]
  const vulnerabilities = ['CVE-2020-0001', ...listed].map((cveID) => ({
    cveID,
    vendorProject: 'x',
    product: 'y',
    vulnerabilityName: 'z',
    dateAdded: '2026-11-20',
    shortDescription: 's',
    requiredAction: 'Apply updates.',
    dueDate: '2026-12-11',
    knownRansomwareCampaignUse: 'Unknown',
    notes: '',
  }))
  const dateReleased = new Date(Date.UTC(2026, 10, 20) + edition * 60_000).toISOString()
  return JSON.stringify({
    title: 'KEV',
    catalogVersion: `2026.11.${edition}`,
    dateReleased,
    count: vulnerabilities.length,
    vulnerabilities,
  })
}

test('killed at any moment, a server owes what its inventories and records call for', { timeout: 240_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-killed-'))
  const data = join(home, 'data')
  let server = await startServerProcess({ data })
  try {
    await post(server, await server.signIn('coordinator'), '/v1/records?name=one&kind=osv', RECORD)
    let edition = 1
    await post(server, await server.signIn('coordinator'), '/v1/records?name=kev.json', kev(edition))
    for (const ms of KILLS) {
      const [operator, coordinator] = [await server.signIn('operator'), await server.signIn('coordinator')]
      let kept = 0
      const busy = [
        ...[0, 1].map(async (worker) => {
          for (let n = worker; ; n += 2) {
            const body = bom(n % 4 < 2 ? FLAWED : SOUND)
            await post(server, operator, `/v1/inventories?asset=killed-${n % ASSETS}&exposure=public`, body)
            kept++
          }
        }),
        (async () => {
          for (;;) await post(server, coordinator, '/v1/records?name=kev.json', kev(++edition))
        })(),
      ].map((work) => work.catch((error: Error & { code?: string }) => error))
      while (kept < ASSETS) await sleep(20)
      await sleep(ms)
      await server.kill()
      for (const ended of await Promise.all(busy))
        assert.ok(['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(ended.code ?? ''), String(ended))
      server = await startServerProcess({ data })
      await stands(server)
    }
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
})

/** What is owed, once all was read, against what is kept and known. */
async function stands(server: ServerProcess): Promise<void> {
  const operator = await server.signIn('operator')
  const ask = <T>(path: string) => read<T>(server.url + path, operator)
  let last = ''
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(200)) {
    if ((await ask<ActionList>('/v1/actions')).reading) continue
    const inventories = (await ask<InventoryList>('/v1/inventories?limit=500')).rows.filter(({ asset }) =>
      asset.startsWith('killed-'),
    )
    const listed = (await ask<KnownFlawOut>(`/v1/known-flaws/${CVE}`)).kev?.listed
    const report = await ask<ExposureReport>('/v1/exposure/report?format=json')
    const own = report.rows.filter(({ flaw, aliases }) => [flaw, ...aliases].includes(CVE))
    const open = own.flatMap(({ assets }) => assets.filter(({ done }) => !done).map(({ asset }) => asset))
    const called = inventories.filter(({ subject }) => subject?.includes(FLAWED)).map(({ asset }) => asset)
    const said = own
      .filter(({ standing }) => standing === 'open')
      .map(({ inputs }) => inputs.find(({ input }) => input === 'in-kev')?.value)
    last = JSON.stringify({ open: open.sort(), said, called: called.sort(), listed })
    const isSame =
      JSON.stringify(open) === JSON.stringify(called) && said.every((value) => /^(?:Y|yes)/i.test(value ?? '') === listed)
    if (isSame && inventories.length > 0) return
  }
  assert.fail(last)
}

async function post(server: ServerProcess, cookie: string, path: string, body: string): Promise<void> {
  const answer = await ask(server.url + path, { method: 'POST', cookie, headers: { origin: server.url }, body })
  assert.ok(answer.status < 300, `${path}: ${answer.status} ${answer.body}`)
}
