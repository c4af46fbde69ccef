import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import type { ActionList } from '../src/contract/shapes/exposure.ts'
import { CORPUS, cpuMs, FILES, type HostedRow, read, send, spread } from './hosted.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

// A fleet that owes much: every inventory has old versions of packages that advisories name, and the whole is re-dated over HTTP.

const COMPONENTS = 500
const OLD = 20
const POOL = 500
const TAGGED = 50
const PATIENCE_MS = 300_000

/**
 * `inventories` of 500 components on a real server that knows the public advisories, 20 of them old versions of packages that these
 * name. Times are from the first byte sent until `GET /v1/actions` shows it: a new inventory, tags, KEV that lists one more, 200 more,
 * and none of these.
 */
export async function* benchFleet(inventories: number): AsyncGenerator<HostedRow> {
  if (!existsSync(CORPUS)) throw new Error('bench fleet needs WEIR_CORPUS, the folder with the public advisories')
  const server = await startServerProcess({})
  try {
    const [coordinator, operator] = [await server.signIn('coordinator'), await server.signIn('operator')]
    for (const file of FILES) await sendFile(server, coordinator, file)
    const old = oldVersions()
    const times: number[] = []
    const before = cpuMs(server)
    for (let n = 0; n < inventories; n++) times.push(await timed(() => keep(server, operator, n, bom(old, n))))
    yield { bench: 'fleet', what: 'kept', inventories, cpuSeconds: (cpuMs(server) - before) / 1000, ...spread(times) }
    yield await standing(server, operator)
    yield await withCpu(server, () => another(server, operator, bom(old, inventories)))
    yield await withCpu(server, () => tagged(server, operator, inventories))
    yield await withCpu(server, () => listed(server, coordinator, operator, 1))
    yield await withCpu(server, () => listed(server, coordinator, operator, 200))
    yield await withCpu(server, () => unlisted(server, coordinator, operator))
    yield { bench: 'fleet', what: 'in the end', megabytes: Math.round(server.memory()) }
  } finally {
    await server.stop()
  }
}

/** A row with the server's own processor time: what counts where a machine is shared. */
async function withCpu(server: ServerProcess, work: () => Promise<HostedRow>): Promise<HostedRow> {
  const before = cpuMs(server)
  const row = await work()
  return { ...row, cpuSeconds: (cpuMs(server) - before) / 1000 }
}

const actions = (server: ServerProcess, cookie: string) => read<ActionList>(server, cookie, '/v1/actions?limit=500')

/** What is owed, and how long the list of it takes. */
async function standing(server: ServerProcess, operator: string): Promise<HostedRow> {
  const report = await read<{ rows: { standing: string; assets: unknown[] }[] }>(server, operator, '/v1/exposure/report')
  const open = report.rows.filter((row) => row.standing === 'open')
  const listMs = await timed(() => actions(server, operator))
  const items = open.reduce((sum, { assets }) => sum + assets.length, 0)
  return { bench: 'fleet', what: 'owed', obligations: open.length, items, listMs: Math.round(listMs) }
}

/** One more inventory, until its asset is in the list; there is no other way to an answer than to ask. */
async function another(server: ServerProcess, operator: string, body: Buffer): Promise<HostedRow> {
  const begun = performance.now()
  await keep(server, operator, -1, body)
  const answeredMs = performance.now() - begun
  await until(server, operator, ({ rows }) => rows.some(({ assets }) => assets.some(({ asset }) => asset === 'fleet-new')))
  return { bench: 'fleet', what: 'one more inventory', answeredMs: Math.round(answeredMs), ms: since(begun) }
}

/** Assets said to be internal, one by one. */
async function tagged(server: ServerProcess, operator: string, inventories: number): Promise<HostedRow> {
  const { rows } = await read<{ rows: { id: string; asset: string }[] }>(server, operator, '/v1/inventories?limit=500')
  const some = rows.filter(({ asset }) => asset !== 'fleet-new').slice(0, Math.min(TAGGED, inventories))
  const times: number[] = []
  for (const { id } of some)
    times.push(
      await timed(async () => {
        const tags = { organisation: null, unit: null, environment: null, exposure: 'internal', type: null }
        const headers = { cookie: operator, 'x-weir': '1', origin: server.url, 'content-type': 'application/json' }
        const body = JSON.stringify(tags)
        const answer = await fetch(`${server.url}/v1/inventories/${id}/tags`, { method: 'PUT', headers, body })
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
      }),
    )
  return { bench: 'fleet', what: 'tags changed', assets: some.length, ...spread(times) }
}

/** KEV lists more CVEs that the fleet has, all at once; the last of them is waited for. */
async function listed(server: ServerProcess, coordinator: string, operator: string, many: number): Promise<HostedRow> {
  const report = await read<{ rows: { flaw: string; aliases: string[]; standing: string }[] }>(
    server,
    operator,
    '/v1/exposure/report',
  )
  const catalogue = kev()
  const has = new Set(catalogue.vulnerabilities.map(({ cveID }) => cveID))
  const owed = report.rows.flatMap(({ flaw, aliases }) => [flaw, ...aliases].find((id) => id.startsWith('CVE-')) ?? [])
  const fresh = [...new Set(owed)].filter((cve) => !has.has(cve)).slice(0, many)
  const [sample] = catalogue.vulnerabilities
  const added = fresh.map((cveID) => ({ ...sample!, cveID, dateAdded: new Date().toISOString().slice(0, 10) }))
  const edition = { catalogVersion: `2099.01.0${String(many).length}`, dateReleased: new Date().toISOString() }
  const next = { ...catalogue, ...edition, vulnerabilities: [...catalogue.vulnerabilities, ...added] }
  const begun = performance.now()
  await send(server, coordinator, '/v1/records?name=kev', Buffer.from(JSON.stringify(next)))
  const answered = performance.now()
  const wanted = new Set(fresh)
  await until(server, operator, ({ rows }) => {
    const flaws = rows.flatMap((row) => row.flaws.filter(({ id, aliases }) => [id, ...aliases].some((one) => wanted.has(one))))
    return flaws.length > 0 && flaws.every(({ exploited }) => exploited)
  })
  return { bench: 'fleet', what: `KEV lists ${fresh.length} more`, answeredMs: Math.round(answered - begun), ms: since(begun) }
}

/** KEV lists none of them any more. */
async function unlisted(server: ServerProcess, coordinator: string, operator: string): Promise<HostedRow> {
  const next = { ...kev(), catalogVersion: '2099.02.01', dateReleased: new Date().toISOString() }
  const has = new Set(next.vulnerabilities.map(({ cveID }) => cveID))
  const begun = performance.now()
  await send(server, coordinator, '/v1/records?name=kev', Buffer.from(JSON.stringify(next)))
  const answered = performance.now()
  await until(server, operator, ({ rows }) =>
    rows.every(({ flaws }) =>
      flaws.every(({ id, aliases, exploited }) => !exploited || [id, ...aliases].some((one) => has.has(one))),
    ),
  )
  return { bench: 'fleet', what: 'KEV lists them no more', answeredMs: Math.round(answered - begun), ms: since(begun) }
}

async function until(server: ServerProcess, operator: string, isThere: (list: ActionList) => boolean): Promise<void> {
  const begun = performance.now()
  while (!isThere(await actions(server, operator)))
    if (performance.now() - begun > PATIENCE_MS) throw new Error('the list does not say what it should')
}

async function keep(server: ServerProcess, operator: string, n: number, body: Buffer): Promise<void> {
  const asset = n < 0 ? 'fleet-new' : `fleet-${n}`
  await send(server, operator, `/v1/inventories?asset=${asset}&exposure=${n % 2 === 0 ? 'public' : 'internal'}`, body)
}

async function sendFile(server: ServerProcess, coordinator: string, file: string): Promise<void> {
  const name = file.includes('/kev-') ? 'kev' : file.replaceAll('/', '-')
  await send(server, coordinator, `/v1/records?name=${encodeURIComponent(name)}`, readFileSync(join(CORPUS, file)))
}

function kev(): { vulnerabilities: { cveID: string }[] } {
  const file = join(CORPUS, 'priority/kev-2025-08-25.json.zst')
  return JSON.parse(zstdDecompressSync(readFileSync(file)).toString('utf8'))
}

/** Purls of packages that the advisories name, in a version that one of their ranges begins with. */
function oldVersions(): string[] {
  const types = new Map([
    ['npm', 'npm'],
    ['PyPI', 'pypi'],
    ['Go', 'golang'],
    ['crates.io', 'cargo'],
  ])
  const found = new Set<string>()
  for (const file of FILES.filter((name) => name.includes('osv-')))
    for (const line of zstdDecompressSync(readFileSync(join(CORPUS, file)))
      .toString('utf8')
      .split('\n')) {
      if (line === '') continue
      const { affected = [] } = JSON.parse(line) as {
        affected?: { package?: { ecosystem: string; name: string }; ranges?: { events: { introduced?: string }[] }[] }[]
      }
      for (const { package: named, ranges = [] } of affected) {
        const type = types.get(named?.ecosystem ?? '')
        if (named === undefined || type === undefined) continue
        const begins = ranges.flatMap(({ events }) => events.flatMap(({ introduced }) => introduced ?? []))[0] ?? '0'
        const version = begins === '0' ? '0.0.1' : begins
        found.add(`pkg:${type}/${named.name.replaceAll('@', '%40')}@${type === 'golang' ? 'v' : ''}${version}`)
      }
    }
  const all = [...found]
  const step = Math.max(1, Math.floor(all.length / POOL))
  return all.filter((_, n) => n % step === 0).slice(0, POOL)
}

/** Few packages are everywhere and most are rare. */
function bom(old: readonly string[], n: number): Buffer {
  const random = seeded(n + 1)
  const purls = Array.from({ length: COMPONENTS }, (_, at) =>
    at < OLD
      ? old[Math.floor(random() ** 3 * old.length)]!
      : `pkg:npm/fleet-${Math.floor(random() ** 3 * 60_000)}@1.${Math.floor(random() * 9)}.0`,
  )
  const components = purls.map((purl) => {
    const at = purl.lastIndexOf('@')
    return { type: 'library', name: purl.slice(purl.lastIndexOf('/', at) + 1, at), version: purl.slice(at + 1), purl }
  })
  return Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components }))
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

function since(begun: number): number {
  return Math.round(performance.now() - begun)
}
