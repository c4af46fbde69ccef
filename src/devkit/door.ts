import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Hono } from 'hono'
import { pino } from 'pino'
import { computeFigures } from '../core/evaluation/figures/compute.ts'
import { instant } from '../core/kernel/instant.ts'
import type { AdvisoryDesk } from '../server/app/advisories/advisory-desk.ts'
import type { CaseDesk } from '../server/app/cases/case-desk.ts'
import type { DocketDesk } from '../server/app/docket/docket-desk.ts'
import { openExposureDesk } from '../server/app/exposure/inventory-follow.ts'
import { knownDesk } from '../server/app/exposure/known-desk.ts'
import { intakeMacs } from '../server/app/findings/macs.ts'
import { sendersOf } from '../server/app/findings/senders.ts'
import type { MeasurementDesk } from '../server/app/measurement/measurement-desk.ts'
import { lookForProof } from '../server/app/projects/look-for-proof.ts'
import { openProjectDesk } from '../server/app/projects/project-desk.ts'
import { relayDesk } from '../server/app/relay/relay-desk.ts'
import type { ValidationDesk } from '../server/app/validation/validation-desk.ts'
import { checkCsaf } from '../server/feeds/check-csaf.ts'
import { TreeReader } from '../server/feeds/tree-reader.ts'
import type { Ground } from '../server/ground.ts'
import { createApp } from '../server/http/app.ts'
import type { Desks } from '../server/http/desks.ts'
import type { Env } from '../server/http/door.ts'
import { recogniseSession } from '../server/identity/sessions.ts'
import { recogniseToken } from '../server/identity/tokens.ts'
import { startQueue } from '../server/jobs/queue.ts'
import { Log } from '../server/ledger/log.ts'
import { type Config, readConfig } from '../server/main/config.ts'
import { Hub } from '../server/notify/hub.ts'
import { IntakeBoard } from '../server/notify/intake-progress.ts'
import { JobBell } from '../server/notify/job-bell.ts'
import { organisationNames } from '../server/notify/organisation-names.ts'
import { type FakeAttempts, fakeAttempts } from './fake-attempts.ts'
import { type FakeCustody, fakeCustody } from './fake-custody.ts'
import { memoryBlobs } from './memory-blobs.ts'
import { type FreshDatabase, freshDatabase } from './pg.ts'

/** The whole HTTP door on a database of its own, without a socket. The clock stands still until it is turned. */
export interface TestDoor {
  readonly app: Hono<Env>
  readonly ground: Ground
  readonly desks: Desks
  readonly custody: FakeCustody
  readonly attempts: FakeAttempts
  readonly database: FreshDatabase
  /** `second` runs that much ahead of the first, which stands still until it is turned. */
  readonly time: { now: number; second: number }
  /** Sends as a browser or client of this site would. `as`: a session's cookie or a bearer token. */
  ask(
    method: string,
    path: string,
    options?: { as?: Credential; body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>
  close(): Promise<void>
}

export type Credential = { readonly cookie: string } | { readonly token: string } | null

export async function openDoor(given: Partial<Config> = {}): Promise<TestDoor> {
  const database = await freshDatabase()
  const home = mkdtempSync(join(tmpdir(), 'weir-door-'))
  const time = { now: Date.now(), second: 0 }
  const read = readConfig({ WEIR_DATA: join(home, 'data') }, {}, home)
  if (!read.ok) throw new Error(read.say)
  const config: Config = { ...read.config, ...given }
  const ground: Ground = {
    store: database.store,
    blobs: memoryBlobs(),
    keys: database.keys,
    clock: () => instant(time.now),
    random: (length) => randomBytes(length),
  }
  const queue = await startQueue(ground.store, () => {})
  const hub = new Hub()
  const board = new IntakeBoard(hub, ground.clock, organisationNames(ground.store))
  const macs = intakeMacs(ground.keys.secret('index'))
  const validation: ValidationDesk = {
    ...ground,
    macs,
    queue,
    hub,
    bell: new JobBell(),
    limits: config.validation,
    ownRunner: { wake: () => {}, says: () => null },
  }
  // The later of both clocks, as the custodian is told them.
  const custody = fakeCustody(() => Math.max(time.now, Date.now()))
  const docket: DocketDesk = { ...ground, queue, custody, folders: [home] }
  const attempts = fakeAttempts()
  const measurement: MeasurementDesk = {
    ...docket,
    macs,
    engine: attempts,
    // In this thread: starting one costs more than what tests compute.
    figures: async (input) => computeFigures(input),
    suites: resolve(import.meta.dirname, '../../suites'),
    scratch: join(home, 'scratch'),
  }
  const cases: CaseDesk = { ...ground, secondClock: async () => time.now + time.second }
  const projects = openProjectDesk(cases, {
    look: lookForProof(config.mail),
    registries: config.mail.registries,
    name: 'Weir of Example',
    site: 'https://weir.example',
    mailbox: config.mail.mailbox ?? { local: 'reports', domain: 'weir.example' },
  })
  const advisory: AdvisoryDesk = { ...cases, publisher: config.publisher, feeds: join(home, 'public'), checkCsaf }
  const known = knownDesk(ground, () => {})
  await known.follower.follow()
  const exposure = openExposureDesk(ground, known.book, () => {})
  const desks: Desks = {
    intake: { ...ground, queue },
    macs,
    validation,
    docket,
    cases,
    projects,
    advisory,
    relay: relayDesk(advisory, config),
    tree: new TreeReader(advisory.feeds),
    published: () => {},
    measurement,
    known,
    exposure: exposure.desk,
    ledger: await Log.start(ground, join(home, 'ledger')),
    hub,
    board,
    config,
    notes: ['a note for whoever runs this'],
    log: pino({ level: 'silent' }),
    senderOf: await sendersOf(ground, config),
    progress: () => {},
    ready: async () => true,
  }
  const app = await createApp(desks, {
    session: (secret) => recogniseSession(ground, secret),
    token: (secret) => recogniseToken(ground, secret),
  })
  return {
    app,
    ground,
    desks,
    custody,
    attempts,
    database,
    time,
    async ask(method, path, { as = null, body, headers = {} } = {}) {
      const site = `localhost:${config.port}`
      const sent: Record<string, string> = { host: site, 'x-weir': '1', origin: `http://${site}`, ...headers }
      if (as !== null && 'cookie' in as)
        sent['cookie'] = [sent['cookie'], `weir_session=${as.cookie}`].filter(Boolean).join('; ')
      if (as !== null && 'token' in as) sent['authorization'] = `Bearer ${as.token}`
      return await app.request(`http://${site}${path}`, {
        method,
        headers: sent,
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body) }),
      })
    },
    async close() {
      await exposure.stop()
      await queue.stop()
      await database.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** The secret in an answer's session cookie; null when it sets none. */
export function sessionOf(response: Response): { cookie: string } | null {
  const secret = response.headers.getSetCookie().flatMap((line) => /^weir_session=([\w-]+);/.exec(line)?.[1] ?? [])[0]
  return secret === undefined ? null : { cookie: secret }
}
