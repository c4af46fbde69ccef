import { request } from 'node:http'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { ndjson } from './shapes.ts'

export interface IntakeRow {
  readonly bench: 'intake'
  readonly findings: number
  readonly answeredSeconds: number
  readonly groupedSeconds: number
  readonly perFindingMicroseconds: number
  readonly peakMiB: number
  readonly flaws: number
}

/** Sends that many findings in one upload to a fresh server, and waits until all of them are in flaws. Sealing is on. */
export async function benchIntake(findings: number): Promise<IntakeRow> {
  const server = await startServerProcess({ env: { WEIR_QUOTA: '100000000' } })
  let peak = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, server.memory())
  }, 500)
  try {
    const cookie = await server.signIn('finder')
    const from = performance.now()
    await upload(server, cookie, findings)
    const answered = (performance.now() - from) / 1000
    await untilGrouped(server, cookie, findings)
    const grouped = (performance.now() - from) / 1000
    const coordinator = await server.signIn('coordinator')
    const { tabs } = (await (await fetch(`${server.url}/v1/flaws?limit=1`, { headers: { cookie: coordinator } })).json()) as {
      tabs: { everything: number }
    }
    return {
      bench: 'intake',
      findings,
      answeredSeconds: round(answered),
      groupedSeconds: round(grouped),
      perFindingMicroseconds: Math.round((grouped * 1e6) / findings),
      peakMiB: Math.round(peak),
      flaws: tabs.everything,
    }
  } finally {
    clearInterval(watching)
    await server.stop()
  }
}

function upload(server: ServerProcess, cookie: string, findings: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(`${server.url}/v1/reports?format=weir-ndjson`, {
      method: 'POST',
      headers: {
        cookie,
        'x-weir': '1',
        'idempotency-key': `bench-${findings}`,
        accept: 'application/x-ndjson',
        'content-type': 'application/x-ndjson',
      },
    })
    sending.on('response', (answer) => {
      let tail = ''
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => {
        tail = (tail + text).slice(-2000)
      })
      answer.on('end', () =>
        tail.includes('"type":"summary"')
          ? resolve()
          : reject(new Error(`the upload ended with ${answer.statusCode}: ${tail.slice(-500)}`)),
      )
    })
    sending.on('error', reject)
    const pieces = ndjson(findings, 20261121)
    const pump = () => {
      for (let next = pieces.next(); !next.done; next = pieces.next())
        if (!sending.write(next.value)) return void sending.once('drain', pump)
      sending.end()
    }
    pump()
  })
}

async function untilGrouped(server: ServerProcess, cookie: string, findings: number): Promise<void> {
  for (;;) {
    const { rows } = (await (await fetch(`${server.url}/v1/reports`, { headers: { cookie } })).json()) as {
      rows: { clustered: number; counts: Record<string, number> }[]
    }
    const kept = rows.reduce((sum, row) => sum + row.counts['accepted']! + row.counts['merged']! + row.counts['needsInfo']!, 0)
    const grouped = rows.reduce((sum, row) => sum + row.clustered, 0)
    if (kept === findings && grouped === findings) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
