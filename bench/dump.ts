import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RecordSources } from '../src/contract/shapes/exposure.ts'
import type { RecordsTaken } from '../src/contract/shapes/records.ts'
import { cpuMs, type HostedRow, read } from './hosted.ts'
import { writeDump } from './made-dump.ts'
import { runMetered } from './peers/metered.ts'
import { startServerProcess } from './server-process.ts'

const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts')

/** A dump as large as the whole of OSV: sent to a server, sent again, read after a start, and held against an inventory at home. */
export async function* benchDump(records: number): AsyncGenerator<HostedRow> {
  const home = mkdtempSync(join(tmpdir(), 'weir-dump-'))
  const data = join(home, 'data')
  const file = join(home, 'all.ndjson.zst')
  let server = await startServerProcess({ data })
  try {
    const { bytes } = await writeDump(file, records)
    const coordinator = await server.signIn('coordinator')
    for (const what of ['first', 'again']) {
      const [begun, cpu] = [performance.now(), cpuMs(server)]
      const taken = await sendFile(server.url, coordinator, file)
      const figures = { records, entries: taken.entries, changed: taken.fresh + taken.changed, setAside: taken.setAsideCount }
      const cpuSeconds = Math.round((cpuMs(server) - cpu) / 1000)
      const memory = { megabytes: Math.round(server.memory()), peakMb: peakMb(server.pid) }
      yield {
        bench: 'dump',
        what,
        ...figures,
        unpackedMb: Math.round(bytes / 1e6),
        seconds: since(begun),
        cpuSeconds,
        ...memory,
      }
    }
    await server.stop()
    const begun = performance.now()
    server = await startServerProcess({ data })
    const readySeconds = since(begun)
    const again = await server.signIn('coordinator')
    let book = await read<RecordSources>(server, again, '/v1/records')
    while (!book.loaded) {
      await sleep(200)
      book = await read<RecordSources>(server, again, '/v1/records')
    }
    const memory = { megabytes: Math.round(server.memory()), peakMb: peakMb(server.pid) }
    const cpuSeconds = Math.round(cpuMs(server) / 1000)
    yield { bench: 'dump', what: 'start', flaws: book.flaws, readySeconds, seconds: since(begun), cpuSeconds, ...memory }
    yield local(home, file)
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

function local(home: string, file: string): HostedRow {
  const inventory = join(home, 'requirements.txt')
  writeFileSync(inventory, 'django==2.2.0\n')
  const words = ['--disable-warning=ExperimentalWarning', MAIN, 'exposure', inventory, '--feed', file, '--json']
  const run = runMetered(process.execPath, [...words, '--fail-on', 'never'])
  if (run.code !== 0) throw new Error(`weir exposure ends with ${run.code}: ${run.err.slice(-500)}`)
  const findings = run.out.split('\n').filter((line) => line.startsWith('{')).length
  const seconds = Math.round(run.wallMs / 100) / 10
  return {
    bench: 'dump',
    what: 'weir exposure',
    findings,
    seconds,
    cpuSeconds: run.cpuMs / 1000,
    peakMb: Math.round(run.peakMb),
  }
}

async function sendFile(url: string, cookie: string, file: string): Promise<RecordsTaken> {
  const answer = await fetch(`${url}/v1/records?name=all&kind=osv`, {
    method: 'POST',
    headers: { cookie, 'x-weir': '1', origin: url },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as RecordsTaken
}

/** The most memory the server's own process had, MiB. */
function peakMb(pid: number): number {
  return Math.round(Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
}

function since(begun: number): number {
  return Math.round((performance.now() - begun) / 100) / 10
}
