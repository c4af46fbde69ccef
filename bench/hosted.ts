import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import type { ActionList, CheckOut } from '../src/contract/shapes/exposure.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

export interface HostedRow {
  readonly bench: string
  readonly [figure: string]: string | number
}

export const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
export const FILES = [
  ...['npm', 'pypi', 'go', 'crates.io'].map((name) => `advisories/osv-${name}.ndjson.zst`),
  'priority/kev-2025-08-25.json.zst',
  'priority/vulnrichment-ssvc.ndjson.zst',
]
const COMPONENTS = 1_000
const CHECKS = 300
const WARM = 100

/**
 * A real server that knows the public advisories: checks of one inventory of 1,000 components over HTTP, drawn from the public inventories of
 * the corpus; then `inventories` stored ones of 500, and a KEV entry that re-dates what hangs on it.
 */
export async function* benchHosted(inventories: number): AsyncGenerator<HostedRow> {
  if (!existsSync(CORPUS)) throw new Error('bench hosted needs WEIR_CORPUS, the folder with the public advisories')
  const server = await startServerProcess({})
  try {
    const coordinator = await server.signIn('coordinator')
    for (const file of FILES)
      await send(
        server,
        coordinator,
        `/v1/records?name=${encodeURIComponent(file.replaceAll('/', '-'))}`,
        readFileSync(join(CORPUS, file)),
      )
    const operator = await server.signIn('operator')
    const named = realPurls()
    yield await checks(server, operator, named)
    const stored: number[] = []
    for (let n = 0; n < inventories; n++) {
      const begun = performance.now()
      await send(server, operator, `/v1/inventories?asset=bench-${n}&exposure=public`, bom(named, 500, n))
      stored.push(performance.now() - begun)
    }
    const list = await read<ActionList>(server, operator, '/v1/actions?limit=500')
    const listed = performance.now()
    await read<ActionList>(server, operator, '/v1/actions?limit=500')
    const listMs = Math.round(performance.now() - listed)
    const memory = Math.round(server.memory())
    yield {
      bench: 'hosted',
      what: 'kept',
      inventories,
      components: list.components,
      ...spread(stored),
      listMs,
      actions: list.rows.length,
      megabytes: memory,
    }
    yield await listing(server, coordinator, operator, list)
  } finally {
    await server.stop()
  }
}

async function checks(server: ServerProcess, operator: string, named: readonly string[]): Promise<HostedRow> {
  const times: number[] = []
  let findings = 0
  let before = 0
  for (let n = 0; n < CHECKS + WARM; n++) {
    const body = bom(named, COMPONENTS, n)
    if (n === WARM) before = cpuMs(server)
    const begun = performance.now()
    const out = (await send(server, operator, '/v1/exposure/check', body)) as CheckOut
    if (n >= WARM) times.push(performance.now() - begun)
    findings += out.findings.length
  }
  const mean = Math.round(findings / (CHECKS + WARM))
  const cpu = Math.round(((cpuMs(server) - before) / CHECKS) * 10) / 10
  return {
    bench: 'hosted',
    what: 'check',
    components: COMPONENTS,
    findings: mean,
    cpuMs: cpu,
    ...spread(times),
  }
}

/** Lists the CVE of the first undated or latest action in KEV, and waits until its date says so. */
async function listing(server: ServerProcess, coordinator: string, operator: string, { rows }: ActionList): Promise<HostedRow> {
  const action = rows.findLast(({ flaws }) => flaws.some(({ id, exploited }) => id.startsWith('CVE-') && !exploited))
  const cve = action?.flaws.find(({ id, exploited }) => id.startsWith('CVE-') && !exploited)?.id
  if (action === undefined || cve === undefined) throw new Error('nothing of what is kept has a CVE id')
  const kev = JSON.parse(
    zstdDecompressSync(readFileSync(join(CORPUS, 'priority/kev-2025-08-25.json.zst'))).toString('utf8'),
  ) as { vulnerabilities: object[]; catalogVersion: string }
  const added = { ...kev.vulnerabilities[0], cveID: cve, dateAdded: new Date().toISOString().slice(0, 10) }
  const body = Buffer.from(
    JSON.stringify({
      ...kev,
      catalogVersion: '2099.01.01',
      dateReleased: new Date().toISOString(),
      vulnerabilities: [...kev.vulnerabilities, added],
    }),
  )
  const begun = performance.now()
  await send(server, coordinator, '/v1/records?name=priority-kev-2025-08-25.json.zst', body)
  for (;;) {
    const list = await read<ActionList>(server, operator, '/v1/actions?limit=500')
    const isListed = list.rows.some(({ flaws }) => flaws.some(({ id, exploited }) => id === cve && exploited))
    if (isListed) return { bench: 'hosted', what: 'KEV lists one more', ms: Math.round(performance.now() - begun) }
    if (performance.now() - begun > 60_000) throw new Error('a listing in KEV re-dates nothing')
  }
}

/** The components of the public inventories of the corpus, as they stand there, each once. */
function realPurls(): string[] {
  const found = new Set<string>()
  const walk = (node: { purl?: string; components?: [] }): void => {
    if (node.purl !== undefined) found.add(node.purl)
    for (const inner of node.components ?? []) walk(inner)
  }
  const folder = join(CORPUS, 'sbom/cyclonedx')
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json.zst'))
    .sort())
    walk(JSON.parse(zstdDecompressSync(readFileSync(join(folder, file))).toString('utf8')))
  return [...found]
}

function bom(named: readonly string[], count: number, seed: number): Buffer {
  const components = Array.from({ length: count }, (_, n) => {
    const purl = named[(seed * 7_919 + n * 104_729) % named.length]!
    const at = purl.lastIndexOf('@')
    return {
      type: 'library',
      name: purl.slice(purl.indexOf('/') + 1, at),
      version: purl.slice(at + 1),
      purl,
      'bom-ref': String(n),
      licenses: [{ license: { id: 'MIT' } }],
    }
  })
  return Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components }))
}

export async function send({ url }: ServerProcess, cookie: string, path: string, body: Buffer): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { cookie, 'x-weir': '1', origin: url },
    body: new Uint8Array(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return await answer.json()
}

export async function read<T>({ url }: ServerProcess, cookie: string, path: string): Promise<T> {
  return (await (await fetch(`${url}${path}`, { headers: { cookie } })).json()) as T
}

/** Processor time of the server's own process so far, as Linux counts it in hundredths of a second. */
export function cpuMs({ pid }: ServerProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

export function spread(times: readonly number[]): { readonly p50Ms: number; readonly p95Ms: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]! * 10) / 10
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}
