import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { demoPeople, signInAs } from '../bench/demo-people.ts'
import { type ServerProcess, startServerProcess } from '../bench/server-process.ts'
import type { ControlReply, ControlRequest, ServerFile } from '../src/contract/control.ts'
import type { ReportRow } from '../src/contract/shapes/report.ts'
import { post, read } from './door.ts'

/** A running demo and who can be in it. All are seeded people of the demo; the two finders are of different organisations. */
export interface World {
  readonly server: ServerProcess
  readonly url: string
  readonly finder: string
  readonly rival: string
  readonly coordinator: string
  readonly administrator: string
}

export type Start = Parameters<typeof startServerProcess>[0]

/** Starts a server with short ledger intervals and signs the people in that the suites need. */
export async function openWorld(start: Start = {}): Promise<World> {
  const server = await startServerProcess({ ...start, env: { WEIR_LEDGER_SECONDS: '1', ...start.env } })
  try {
    const { url } = server
    const [finder, rival] = (await demoPeople(url)).filter((row) => row.roles.includes('finder'))
    return {
      server,
      url,
      finder: await signInAs(url, finder!.id),
      rival: await signInAs(url, rival!.id),
      coordinator: await server.signIn('coordinator'),
      administrator: await server.signIn('administrator'),
    }
  } catch (error) {
    await server.kill()
    throw error
  }
}

/** Waits until every item of these reports was grouped, and returns their rows. */
export async function grouped(world: World, reports: readonly string[]): Promise<ReportRow[]> {
  const rows: ReportRow[] = []
  const until = Date.now() + 60_000
  for (const id of new Set(reports)) {
    for (;;) {
      const row = await read<ReportRow>(`${world.url}/v1/reports/${id}`, world.coordinator)
      if (row.clustered === row.counts.accepted + row.counts.merged + row.counts.needsInfo) {
        rows.push(row)
        break
      }
      if (Date.now() > until) throw new Error(`report ${id} was not grouped in a minute: ${JSON.stringify(row)}`)
      await pause(50)
    }
  }
  return rows
}

/** How many flaws the coordinator's queue counts. */
export async function flawCount(world: World): Promise<number> {
  const { tabs } = await read<{ tabs: { everything: number } }>(`${world.url}/v1/flaws?limit=1`, world.coordinator)
  return tabs.everything
}

/** Everything a list of findings holds, page by page. */
export async function allFindings<T>(url: string, cookie: string): Promise<T[]> {
  const all: T[] = []
  for (let cursor = ''; ; ) {
    const page = await read<{ rows: T[]; next: string | null }>(`${url}/v1/findings?limit=200&cursor=${cursor}`, cookie)
    all.push(...page.rows)
    if (page.next === null) return all
    cursor = encodeURIComponent(page.next)
  }
}

export async function release(world: World, finding: string): Promise<void> {
  const { status } = await post(`${world.url}/v1/findings/${finding}/release`, world.coordinator, {})
  if (status !== 200) throw new Error(`releasing gave ${status}`)
}

/** Says one line to the server's control socket and returns the last reply. */
export async function control(data: string, request: ControlRequest): Promise<ControlReply> {
  const { control: path } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as ServerFile
  return await new Promise<ControlReply>((resolve, reject) => {
    const socket = connect(path, () => socket.write(`${JSON.stringify(request)}\n`))
    let text = ''
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the control socket closed without an answer')))
    socket.on('data', (part) => {
      text += part.toString()
      for (const line of text.split('\n').slice(0, -1)) {
        const reply = JSON.parse(line) as ControlReply
        if (reply.event !== 'progress') {
          resolve(reply)
          socket.destroy()
        }
      }
    })
  })
}

/** The reply's result. Throws with the server's own words when it failed. */
export function result(reply: ControlReply): Readonly<Record<string, string | number | boolean | null>> {
  if (reply.event !== 'done') throw new Error(`the control socket answered: ${reply.say}`)
  return reply.result
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The folder of real data, or null with a line that says so. */
export function corpus(): string | null {
  const folder = process.env['WEIR_CORPUS']
  return folder !== undefined && folder !== '' && existsSync(folder) ? folder : null
}

export const NO_CORPUS = 'WEIR_CORPUS names no folder with the public data sets'

/** The records of a gzipped file of JSON lines. */
export function jsonLines<T>(path: string): T[] {
  const text = gunzipSync(readFileSync(path)).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

export function filesOf(folder: string): { name: string; bytes: Buffer }[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
}
