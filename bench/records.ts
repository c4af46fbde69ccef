import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordSources } from '../src/contract/shapes/exposure.ts'
import type { RecordsTaken } from '../src/contract/shapes/records.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

export interface RecordsRow {
  readonly bench: string
  readonly [figure: string]: string | number
}

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
const FILES = [
  ...['npm', 'pypi', 'go', 'crates.io'].map((name) => `advisories/osv-${name}.ndjson.zst`),
  'csaf/cisa-all.ndjson.zst',
  'priority/kev-2025-08-25.json.zst',
  'priority/vulnrichment-ssvc.ndjson.zst',
]

/** 8,919 OSV advisories, 2,371 CSAF documents, KEV and 44,026 SSVC answers to a real server: first, again, and read at a restart. */
export async function* benchRecords(): AsyncGenerator<RecordsRow> {
  if (!existsSync(CORPUS)) throw new Error('bench records needs WEIR_CORPUS, the folder with the public advisories')
  const home = mkdtempSync(join(tmpdir(), 'weir-bench-'))
  const data = join(home, 'data')
  let server = await startServerProcess({ data })
  try {
    const before = server.memory()
    const coordinator = await server.signIn('coordinator')
    yield* sendAll(server, coordinator, 'first', before)
    yield* sendAll(server, coordinator, 'again', before)
    yield await oneMore(server, coordinator)
    await server.kill()
    const begun = performance.now()
    server = await startServerProcess({ data })
    const ready = performance.now() - begun
    const again = await server.signIn('coordinator')
    const loaded = await waitLoaded(server, again)
    yield {
      bench: 'records',
      what: 'restart',
      records: loaded.held.reduce((sum, { count }) => sum + count, 0),
      flaws: loaded.flaws,
      readySeconds: seconds(ready),
      seconds: seconds(performance.now() - begun),
      megabytes: Math.round(server.memory()),
    }
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

async function* sendAll(server: ServerProcess, cookie: string, what: string, before: number): AsyncGenerator<RecordsRow> {
  let [items, entries, changed, all] = [0, 0, 0, 0]
  for (const file of FILES) {
    const begun = performance.now()
    const taken = await send(server, cookie, file.replaceAll('/', '-'), readFileSync(join(CORPUS, file)))
    all += performance.now() - begun
    items += taken.items
    entries += taken.entries
    changed += taken.fresh + taken.changed
  }
  const memory = Math.round(server.memory())
  const figures = { items, entries, changed, seconds: seconds(all), perSecond: Math.round((items / all) * 1000) }
  yield { bench: 'records', what, ...figures, megabytes: memory, more: memory - Math.round(before) }
}

/** What one new advisory takes, from the first byte sent to the answer: it is in the book by then. */
async function oneMore(server: ServerProcess, cookie: string): Promise<RecordsRow> {
  const times: number[] = []
  for (let n = 0; n < 50; n++) {
    const affected = [{ package: { ecosystem: 'npm', name: 'bench' }, versions: [String(n)] }]
    const body = Buffer.from(JSON.stringify({ id: `BENCH-${n}`, modified: '2026-01-01T00:00:00Z', affected }))
    const begun = performance.now()
    await send(server, cookie, 'one', body)
    times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  return { bench: 'records', what: 'one more', p50Ms: Math.round(times[25]!), p99Ms: Math.round(times[49]!) }
}

async function send({ url }: ServerProcess, cookie: string, name: string, body: Buffer): Promise<RecordsTaken> {
  const answer = await fetch(`${url}/v1/records?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { cookie, 'x-weir': '1', origin: url },
    body: new Uint8Array(body),
  })
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as RecordsTaken
}

async function waitLoaded({ url }: ServerProcess, cookie: string): Promise<RecordSources> {
  for (;;) {
    const answer = await fetch(`${url}/v1/records`, { headers: { cookie } })
    const all = (await answer.json()) as RecordSources
    if (all.loaded) return all
    await new Promise((done) => setTimeout(done, 10))
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}
