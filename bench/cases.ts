import { startServerProcess } from './server-process.ts'

export interface CaseBenchRow {
  readonly bench: 'cases'
  readonly what: string
  readonly cases: number
  readonly times: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const VENDORS = 150
const READS = 100
const LISTS = 20
const ACTS = 60
const PAGE = 200

interface Caller {
  readonly get: <T>(path: string) => Promise<T>
  readonly post: <T>(path: string, body: unknown, more?: Record<string, string>) => Promise<T>
}

/** Times cases over HTTP: opening that many, acting in one, reading one of 150 vendors, and listing all of them page by page. */
export async function* benchCases(cases: number): AsyncGenerator<CaseBenchRow> {
  const server = await startServerProcess()
  try {
    const coordinator = callerOf(server.url, await server.signIn('coordinator'))
    const flaws = await send(coordinator, callerOf(server.url, await server.signIn('finder')), cases + 1)
    const opening: number[] = []
    const opened: string[] = []
    for (const flaw of flaws.slice(1)) {
      const view = await timed(opening, () => coordinator.post<{ row: { id: string } }>('/v1/cases', { flaws: [flaw] }))
      opened.push(view.row.id)
    }
    yield row('open a case', cases, opening)
    const acting: number[] = []
    for (const id of opened.slice(0, ACTS)) {
      const { version, flaws: of } = await coordinator.get<{ version: number; flaws: { id: string }[] }>(`/v1/cases/${id}`)
      const act = { do: 'set-cve', flaw: of[0]!.id, cve: 'CVE-2026-10001' }
      await timed(acting, () => coordinator.post(`/v1/cases/${id}/acts`, { version, act }))
    }
    yield row('act in a case', cases, acting)
    const admin = callerOf(server.url, await server.signIn('administrator'))
    const room = await coordinator.post<{ row: { id: string }; version: number }>('/v1/cases', { flaws: flaws.slice(0, 1) })
    const inviting: number[] = []
    let { version } = room
    for (let n = 0; n < VENDORS; n++) {
      const { id: organisation } = await admin.post<{ id: string }>('/v1/organisations', { name: `Bench ${n}`, kind: 'vendor' })
      const act = { do: 'invite', organisation, kind: 'vendor', tier: 1 }
      const path = `/v1/cases/${room.row.id}/acts`
      version = (await timed(inviting, () => coordinator.post<{ version: number }>(path, { version, act }))).version
    }
    yield row(`invite into a case, up to ${VENDORS} vendors`, cases, inviting)
    yield row(`read a case of ${VENDORS} vendors`, cases, await many(READS, () => coordinator.get(`/v1/cases/${room.row.id}`)))
    yield row(`list ${cases} cases, a page of ${PAGE}`, cases, await listing(coordinator))
  } finally {
    await server.stop()
  }
}

/** Sends findings of different packages and answers the flaws they became. */
async function send(coordinator: Caller, finder: Caller, count: number): Promise<string[]> {
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({ title: `Bench flaw ${n}`, text: 'Too long.', target: { purl: `pkg:generic/bench-${n}`, version: '1.0' } }),
  )
  await finder.post('/v1/reports?format=weir-ndjson', lines.join('\n'), { 'content-type': 'application/x-ndjson' })
  const flaws: string[] = []
  while (flaws.length < count) {
    flaws.length = 0
    let cursor: string | null = null
    do {
      const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page: Page = await coordinator.get<Page>(`/v1/flaws?tab=everything&limit=100${query}`)
      flaws.push(...page.rows.filter(({ title }) => title.startsWith('Bench flaw')).map(({ id }) => id))
      cursor = page.next
    } while (cursor !== null)
    if (flaws.length < count) await new Promise((done) => setTimeout(done, 250))
  }
  return flaws
}

interface Page {
  readonly rows: readonly { readonly id: string; readonly title: string }[]
  readonly next: string | null
}

/** Walks through the whole list, again and again; each page is one time. */
async function listing(coordinator: Caller): Promise<number[]> {
  const times: number[] = []
  while (times.length < LISTS) {
    let cursor: string | null = null
    do {
      const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page: Page = await timed(times, () => coordinator.get<Page>(`/v1/cases?limit=${PAGE}${query}`))
      cursor = page.next
    } while (cursor !== null)
  }
  return times
}

async function many(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < times; n++) await timed(all, work)
  return all
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const from = performance.now()
  const done = await work()
  times.push(performance.now() - from)
  return done
}

function callerOf(url: string, cookie: string): Caller {
  const ask = async <T>(method: string, path: string, body: unknown, more: Record<string, string> = {}): Promise<T> => {
    const headers = { 'x-weir': '1', cookie, 'content-type': 'application/json', ...more }
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const answer = await fetch(`${url}${path}`, { method, headers, ...sent })
    if (!answer.ok) throw new Error(`${path} gave ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  return {
    get: async <T>(path: string) => await ask<T>('GET', path, undefined),
    post: async <T>(path: string, body: unknown, more?: Record<string, string>) => await ask<T>('POST', path, body, more),
  }
}

function row(what: string, cases: number, times: number[]): CaseBenchRow {
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]! * 10) / 10
  return { bench: 'cases', what, cases, times: times.length, p50Ms: at(0.5), p99Ms: at(0.99) }
}
