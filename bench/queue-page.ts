import { request } from 'node:http'
import { startServerProcess } from './server-process.ts'
import { ndjson } from './shapes.ts'

export interface PageRow {
  readonly bench: 'page'
  readonly page: string
  readonly flawsThere: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly perSecond: number
}

const PAGES: Record<string, string> = {
  queue: '/v1/flaws?tab=everything&sort=priority&limit=100',
  'queue, newest': '/v1/flaws?tab=everything&sort=last&limit=100',
  search: '/v1/search?q=heap+overflow',
  public: '/v1/public',
}
const ROUNDS = 300

/** Times the pages a coordinator opens, on a server that holds that many findings, one request after the other. */
export async function benchQueue(findings: number): Promise<PageRow[]> {
  const server = await startServerProcess()
  try {
    const finder = await server.signIn('finder')
    const body = Buffer.concat([...ndjson(findings, 7)])
    await fetch(`${server.url}/v1/reports?format=weir-ndjson`, {
      method: 'POST',
      headers: { cookie: finder, 'x-weir': '1', 'idempotency-key': 'page' },
      body,
    })
    const cookie = await server.signIn('coordinator')
    const flawsThere = await settled(server.url, cookie)
    const rows: PageRow[] = []
    for (const [page, path] of Object.entries(PAGES))
      rows.push({ bench: 'page', page, flawsThere, ...(await timed(server.url + path, cookie)) })
    return rows
  } finally {
    await server.stop()
  }
}

/** Waits until the number of flaws stands still for two seconds. */
async function settled(url: string, cookie: string): Promise<number> {
  let before = -1
  for (;;) {
    const { tabs } = (await (await fetch(`${url}/v1/flaws?limit=1`, { headers: { cookie } })).json()) as {
      tabs: { everything: number }
    }
    if (tabs.everything === before && before > 0) return before
    before = tabs.everything
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
}

async function timed(url: string, cookie: string): Promise<Pick<PageRow, 'p50Ms' | 'p99Ms' | 'perSecond'>> {
  const times: number[] = []
  for (let i = 0; i < 20; i++) await get(url, cookie)
  const from = performance.now()
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now()
    await get(url, cookie)
    times.push(performance.now() - start)
  }
  const all = performance.now() - from
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]! * 100) / 100
  return { p50Ms: at(0.5), p99Ms: at(0.99), perSecond: Math.round((ROUNDS * 1000) / all) }
}

function get(url: string, cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { cookie } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} gave ${answer.statusCode}`))
      answer.resume().on('end', resolve)
    })
      .on('error', reject)
      .end()
  })
}
