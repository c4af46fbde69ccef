import { request } from 'node:http'
import { ancestorsOf, cweNumber } from '../src/core/findings/weakness/cwe-tree.ts'
import { familyTops, isKin, type WeaknessFamily, weaknessFamily } from '../src/core/findings/weakness/weakness-family.ts'
import { ClaimIndex } from '../src/core/scans/claim-index.ts'
import { CLAIM_QUOTA } from '../src/core/scans/claim-quota.ts'
import type { ScanKnowledge } from '../src/core/scans/overlap.ts'
import { sameNames } from '../src/core/scans/same-names.ts'
import { readTarget, type ScanTarget } from '../src/core/scans/scan-target.ts'
import { startServerProcess } from './server-process.ts'

export interface ScanRow {
  readonly bench: 'scans'
  readonly what: string
  readonly claims: number
  readonly overlaps: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const known: ScanKnowledge = {
  tree: {
    number: cweNumber,
    above: ancestorsOf,
    familyOf: (cwe) => weaknessFamily(`CWE-${cwe}`),
    kin: (a, b) => isKin(a as WeaknessFamily, b as WeaknessFamily),
    tops: familyTops,
  },
  namesOf: sameNames([]),
  commitOrder: () => null,
}
const WEAKNESSES = ['CWE-416', 'CWE-122', 'CWE-89', 'spatial', 'xss', null]
const NEW = 400

/** Times a new claim beside that many active ones: the look-up alone, where claims are spread and where all crowd on one repository; and the whole request. */
export async function* benchScans(claims: number): AsyncGenerator<ScanRow> {
  yield lookUp('look-up, 500 packages', claims, (n) => ({ target: `pkg:npm/p${n % 500}`, path: `d${n % 7}/e${n % 11}` }))
  yield lookUp('look-up, all in one repository', claims, (n) => ({ target: 'github.com/o/r', path: `d${n % 7}/e${n % 11}` }))
  yield await overHttp(claims)
}

function lookUp(what: string, claims: number, of: (n: number) => { target: string; path: string }): ScanRow {
  const index = new ClaimIndex()
  for (let n = 0; n < claims; n++) index.add(`${n}`, target(of(n), WEAKNESSES[n % WEAKNESSES.length]!))
  const times: number[] = []
  let overlaps = 0
  for (let n = 0; n < NEW; n++) {
    const { path, ...rest } = of(n)
    const from = performance.now()
    // A whole folder, and every seventh the whole place: what holds most.
    const fresh = target({ ...rest, path: n % 7 === 0 ? '' : path.split('/')[0]! }, null)
    overlaps += index.overlapping(fresh, known).length
    times.push(performance.now() - from)
  }
  return row(what, claims, overlaps, times)
}

function target(written: { target: string; path: string }, weakness: string | null): ScanTarget {
  const read = readTarget({ ...written, weakness }, known.tree)
  if (!read.ok) throw new Error(read.say)
  return read.target
}

function row(what: string, claims: number, overlaps: number, times: number[]): ScanRow {
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]! * 100) / 100
  return { bench: 'scans', what, claims, overlaps: Math.round(overlaps / times.length), p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** Every sign-in from another address of the loopback network. */
let addresses = 1
const address = () => `127.0.${1 + (addresses++ >> 7)}.${1 + (addresses & 127)}`

const HOLDS = 50
const ASKS = 10
const AT_ONCE = 8

/** Organisations that hold fifty claims each, and fresh ones that claim ten each, every one of which overlaps ten others. */
async function overHttp(claims: number): Promise<ScanRow> {
  if (HOLDS > CLAIM_QUOTA.open || ASKS > CLAIM_QUOTA.overlaps) throw new Error('the quotas are smaller than this bench')
  const server = await startServerProcess()
  try {
    const admin = await server.signIn('administrator')
    const join = async (name: string): Promise<string> => {
      await send(server.url, '/v1/organisations', admin, { name, kind: 'finder' })
      const { link } = (await send(server.url, '/v1/invites', admin, { organisation: name, roles: ['finder'] })).body as {
        link: string
      }
      const secret = link.split(/[#=/]/).at(-1)!
      const { cookie } = await send(server.url, '/v1/invites/accept', null, { secret, name: `${name} finder` }, address())
      if (cookie === null) throw new Error('an invite gave no session')
      return cookie
    }
    const held = Math.ceil(claims / HOLDS)
    // Ten places of each package are claimed; none holds another.
    const placeOf = (n: number) => ({ target: `pkg:npm/bench-${Math.floor(n / 10)}`, path: `src/part-${n % 10}` })
    const work = Array.from({ length: held }, (_, n) => n)
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let n = work.pop(); n !== undefined; n = work.pop()) {
          const cookie = await join(`Bench ${n}`)
          for (let i = n * HOLDS; i < Math.min(claims, (n + 1) * HOLDS); i++)
            await send(server.url, '/v1/claims', cookie, { ...placeOf(i), days: 14 })
        }
      }),
    )
    const times: number[] = []
    let overlaps = 0
    for (let n = 0; n < NEW / ASKS; n++) {
      const cookie = await join(`Asks ${n}`)
      for (let i = 0; i < ASKS; i++) {
        const place = placeOf(((n * ASKS + i) * 10) % claims)
        const from = performance.now()
        const { body } = await send(server.url, '/v1/claims', cookie, { target: place.target, path: 'src' })
        times.push(performance.now() - from)
        overlaps += (body as { overlaps: unknown[] }).overlaps.length
      }
    }
    return row('whole request over HTTP, key durable', claims, overlaps, times)
  } finally {
    await server.stop()
  }
}

interface Answered {
  readonly body: unknown
  readonly cookie: string | null
}

/** One request; `from`: the address of this machine that it comes from, as sign-ins are counted by address. */
function send(url: string, path: string, cookie: string | null, body: unknown, from = '127.0.0.1'): Promise<Answered> {
  const headers = { 'content-type': 'application/json', 'x-weir': '1', ...(cookie === null ? {} : { cookie }) }
  const { port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers: { ...headers, host: `localhost:${port}` }, localAddress: from },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          if ((answer.statusCode ?? 0) > 299) return reject(new Error(`${path} gave ${answer.statusCode}: ${text}`))
          const set = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? null
          return resolve({ body: text === '' ? null : JSON.parse(text), cookie: set })
        })
      },
    )
    asked.on('error', reject)
    asked.end(JSON.stringify(body))
  })
}
