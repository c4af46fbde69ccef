import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import type { ServerLine } from '../../contract/control.ts'
import { instant } from '../../core/kernel/instant.ts'
import type { AdvisoryDesk } from '../app/advisories/advisory-desk.ts'
import { PublicTree } from '../app/advisories/public-tree.ts'
import { nextReleaseDue, sweepReleases } from '../app/advisories/sweep-releases.ts'
import { type CaseDesk, databaseClock } from '../app/cases/case-desk.ts'
import { nextCaseDue, sweepCases } from '../app/cases/sweep-cases.ts'
import { resumeClosings } from '../app/docket/close-docket.ts'
import type { DocketDesk } from '../app/docket/docket-desk.ts'
import { probeWindows, sweepDockets } from '../app/docket/sweep-dockets.ts'
import { takeDocketTally } from '../app/docket/tally-dockets.ts'
import { watchCustody } from '../app/docket/watch-custody.ts'
import { type IntakeMacs, intakeMacs } from '../app/findings/macs.ts'
import { sendersOf } from '../app/findings/senders.ts'
import { takeFunnel } from '../app/funnel/take-funnel.ts'
import { figuresInThread } from '../app/measurement/figures-worker.ts'
import type { MeasurementDesk } from '../app/measurement/measurement-desk.ts'
import { lookForProof } from '../app/projects/look-for-proof.ts'
import { openProjectDesk } from '../app/projects/project-desk.ts'
import { takeTally } from '../app/public/tally.ts'
import { relayDesk } from '../app/relay/relay-desk.ts'
import { sweepClaims } from '../app/scans/sweep-claims.ts'
import { anyOpen } from '../app/validation/any-open.ts'
import { sweepLeases } from '../app/validation/sweep-leases.ts'
import type { ValidationDesk } from '../app/validation/validation-desk.ts'
import { checkCsaf } from '../feeds/check-csaf.ts'
import { TreeReader } from '../feeds/tree-reader.ts'
import { treeInThread } from '../feeds/tree-worker.ts'
import { createApp } from '../http/app.ts'
import type { Desks } from '../http/desks.ts'
import { type Listening, listen } from '../http/listen.ts'
import { firstAdministratorLink } from '../identity/first-administrator.ts'
import { recogniseSession } from '../identity/sessions.ts'
import { recogniseToken } from '../identity/tokens.ts'
import { sleepUntilDue } from '../jobs/due-sleeper.ts'
import { Ear } from '../jobs/ear.ts'
import { type Queue, startQueue } from '../jobs/queue.ts'
import { every } from '../jobs/timer.ts'
import { clusterWorker } from '../jobs/workers/cluster.ts'
import { docketCloseWorker } from '../jobs/workers/docket-close.ts'
import { measurementWorker } from '../jobs/workers/measurement.ts'
import { docketReportWorker } from '../jobs/workers/measurement-report.ts'
import { proofWorker } from '../jobs/workers/proof.ts'
import { Log } from '../ledger/log.ts'
import { Hub } from '../notify/hub.ts'
import { IntakeBoard } from '../notify/intake-progress.ts'
import { JobBell } from '../notify/job-bell.ts'
import { organisationNames } from '../notify/organisation-names.ts'
import { placeIn } from '../place.ts'
import { CASES_DUE } from '../store/case.ts'
import { numberEvents } from '../store/events.ts'
import { AttemptsProcess } from './attempts-process.ts'
import type { Config } from './config.ts'
import { type ControlHost, serveControl } from './control.ts'
import { startCustody } from './docket-custody.ts'
import { startExposure } from './exposure-follow.ts'
import { type OpenGround, openGround } from './ground.ts'
import { startKnownRecords } from './known-records.ts'
import { startLetterOffice } from './letter-office.ts'
import { LocalRunner } from './local-runner.ts'
import type { MailSettings } from './mail-settings.ts'
import { pooledRandom } from './random.ts'
import { runnerFolder } from './runner-folder.ts'

type Facts = Omit<Extract<ServerLine, { event: 'ready' }>, 'event' | 'pid' | 'data' | 'keys'>

export interface Running {
  readonly facts: Facts
  /** Resolves with the reason when the server must end: asked to, or its database is gone. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

/** Steps to undo, newest first; each is tried even when another fails. */
class Closing {
  readonly #steps: (() => Promise<unknown>)[] = []
  readonly #log: Logger
  constructor(log: Logger) {
    this.#log = log
  }
  add(...steps: (() => Promise<unknown>)[]): void {
    this.#steps.push(...steps)
  }
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse())
      await step().catch((error: Error) => this.#log.error({ error: error.name }, 'a part did not stop cleanly'))
  }
}

/** Puts the server together, in this order: keys, records, log, workers, doors. Throws with a sentence for the operator. */
export async function startServer(config: Config, log: Logger, tell: (step: string) => void): Promise<Running> {
  const closing = new Closing(log)
  try {
    const opened = await open(config, tell, closing)
    const runner = new LocalRunner(config, opened.ground.random, log)
    const desks = await startDesks(opened, config, log, runner, closing)
    const listening = await startDoors(desks, config, runner, closing)
    // Last, so that it ends first: while the door is open it can give back what it works on.
    closing.add(() => runner.stop())
    if (await anyOpen(opened.ground.store)) runner.wake()
    const firstLink = config.demo ? null : await firstAdministratorLink(opened.ground, config)
    const url = config.publicUrl ?? `http://localhost:${config.port}`
    const { asked } = await startControl(opened, config, desks.ledger, url, closing)
    return {
      facts: { url, addresses: listening.addresses, database: opened.database, notes: opened.notes, firstLink },
      ended: Promise.race([asked, opened.lost.then(() => 'the database ended')]),
      stop: () => closing.run(),
    }
  } catch (error) {
    await closing.run()
    throw error
  }
}

/** Opens keys and records only, for backup and restore; no door, no worker. */
export async function startMaintenance(config: Config, log: Logger, tell: (step: string) => void): Promise<Running> {
  const closing = new Closing(log)
  try {
    const opened = await open(config, tell, closing)
    const { asked } = await startControl(opened, config, null, null, closing)
    return {
      facts: { url: '', addresses: [], database: opened.database, notes: opened.notes, firstLink: null },
      ended: Promise.race([asked, opened.lost.then(() => 'the database ended')]),
      stop: () => closing.run(),
    }
  } catch (error) {
    await closing.run()
    throw error
  }
}

async function open(config: Config, tell: (step: string) => void, closing: Closing): Promise<OpenGround> {
  mkdirSync(config.data, { recursive: true, mode: 0o755 })
  tell('opening the key store and the records')
  const opened = await openGround(config, { clock: () => instant(Date.now()), random: pooledRandom() }, tell)
  closing.add(() => opened.close())
  return opened
}

async function startDesks(
  { ground, notes }: OpenGround,
  config: Config,
  log: Logger,
  runner: LocalRunner,
  closing: Closing,
): Promise<Desks> {
  const tell = (what: string) => (error: unknown) =>
    log.error({ error: (error as Error).name, code: (error as { code?: string }).code, at: placeIn(error) }, what)
  const queue = await startQueue(ground.store, tell('the job queue had an error'))
  closing.add(() => queue.stop())
  const ledger = await Log.start(ground, join(config.data, 'ledger'))
  const hub = new Hub()
  const board = new IntakeBoard(hub, ground.clock, organisationNames(ground.store))
  const macs = intakeMacs(ground.keys.secret('index'))
  await queue.work('cluster', clusterWorker(ground, macs, board, hub, tell('findings could not be grouped')))
  const validation: ValidationDesk = {
    ...ground,
    macs,
    queue,
    hub,
    bell: new JobBell(),
    limits: config.validation,
    ownRunner: runner,
  }
  await queue.work('proof', proofWorker(validation, tell('what a matrix showed could not be acted on')))
  const docket = await startDocketDesk(ground, config, log, queue, closing, tell)
  const measurement = startMeasurement(docket, macs, config, log, closing, tell)
  await queue.work('docket-report', docketReportWorker(measurement, tell('a report could not be made yet')))
  const sweeping = every(5, () => sweepLeases(validation), tell('ended leases could not be given back'))
  const lapsing = every(5, () => sweepClaims(ground), tell('ended claims could not be told'))
  const turning = every(config.ledgerIntervalSeconds, () => ledger.turn(), tell('the ledger could not end its interval'))
  const numbering = every(1, () => numberEvents(ground.store), tell('events could not be numbered'))
  const counting = every(config.tallySeconds, () => takeTally(ground), tell('the public counts could not be taken'))
  closing.add(
    () => turning.stop(),
    () => numbering.stop(),
    () => counting.stop(),
    () => sweeping.stop(),
    () => lapsing.stop(),
  )
  await takeTally(ground)
  const cases: CaseDesk = { ...ground, secondClock: databaseClock }
  const ear = new Ear(ground.store)
  closing.add(() => ear.close())
  const mail = await mailOf(config, closing, tell('an answer of the demo’s mail could not be handed over'))
  const projects = openProjectDesk(cases, {
    look: lookForProof(mail),
    registries: mail.registries,
    name: config.name,
    site: config.publicUrl ?? `http://localhost:${config.port}`,
    mailbox: mail.post === null ? null : mail.mailbox,
  })
  const office = await startLetterOffice(projects, mail, ear, log, tell)
  closing.add(() => office.stop())
  const { advisory, published } = startAdvisories(cases, config, ledger, ear, closing, tell)
  const known = startKnownRecords(ground, config.publisher, ear, tell)
  closing.add(() => known.stop())
  const exposure = startExposure(known.desk, ear, hub, tell)
  closing.add(() => exposure.stop())
  const tallying = every(config.tallySeconds, () => takeFunnel(cases), tell('the funnel could not be counted'))
  closing.add(() => tallying.stop())
  void tallying.now()
  const desks: Desks = {
    intake: { ...ground, queue },
    macs,
    validation,
    docket,
    cases,
    projects,
    advisory,
    tree: new TreeReader(advisory.feeds),
    published,
    relay: relayDesk(advisory, config),
    measurement,
    known: known.desk,
    exposure: exposure.desk,
    ledger,
    hub,
    board,
    config,
    notes,
    log,
    senderOf: await sendersOf(ground, config),
    progress: (report, sender, name, read, ended) => board.read(report.id, sender.organisation, name, read, ended),
    ready: async () =>
      await ground.store.pool.query('select 1').then(
        () => true,
        () => false,
      ),
  }
  const startClock = () => startCaseClock(cases, ear, closing, tell)
  // The stories of a demo lie in the past: until they are told, nothing tells its cases what time it is.
  // They were told where no mail goes.
  const toTell = { ...desks, projects: { ...projects, mailbox: null } }
  if (config.demo) closing.add(await startDemo(toTell, startClock, tell('a part of the demo could not be made')))
  else startClock()
  return desks
}

/** The custodian first, told of every docket before anything else; then the clock, the probes, the purges. */
async function startDocketDesk(
  ground: OpenGround['ground'],
  config: Config,
  log: Logger,
  queue: Queue,
  closing: Closing,
  tell: (what: string) => (error: unknown) => void,
): Promise<DocketDesk> {
  const custody = startCustody(config, ground.store, log)
  const desk: DocketDesk = { ...ground, queue, custody: custody.port, folders: writtenFolders(config) }
  const watching = watchCustody(desk, tell('the custodian’s log could not be taken over'))
  custody.start()
  await queue.work('docket-close', docketCloseWorker(desk, tell('a docket could not be closed yet')))
  await resumeClosings(desk)
  const clock = every(1, () => sweepDockets(desk), tell('dockets could not be told the time'))
  const probing = every(3600, () => probeWindows(desk), tell('endpoints could not be probed'))
  const counting = every(config.tallySeconds, () => takeDocketTally(desk), tell('dockets could not be counted'))
  closing.add(
    () => custody.stop(),
    () => watching.stop(),
    () => clock.stop(),
    () => probing.stop(),
    () => counting.stop(),
  )
  await takeDocketTally(desk)
  return desk
}

/** The clock of cases, which sleeps until the next end and goes on with closings that a crash cut short. */
function startCaseClock(desk: CaseDesk, ear: Ear, closing: Closing, tell: (what: string) => (error: unknown) => void): void {
  const due = { channel: CASES_DUE, clock: desk.clock, next: () => nextCaseDue(desk), work: () => sweepCases(desk) }
  const clock = sleepUntilDue(ear, due, tell('cases could not be told the time'))
  closing.add(() => clock.stop())
}

/** The public tree follows the records from the first turn on: what the last server left undone is made up. */
function startAdvisories(
  cases: CaseDesk,
  config: Config,
  ledger: Log,
  ear: Ear,
  closing: Closing,
  tell: (what: string) => (error: unknown) => void,
): { readonly advisory: AdvisoryDesk; readonly published: () => void } {
  const advisory: AdvisoryDesk = { ...cases, publisher: config.publisher, feeds: join(config.data, 'public'), checkCsaf }
  const tree = new PublicTree(advisory, treeInThread, () => (ledger.status.stopped === null ? cases.keys.signingKey() : null))
  const following = every(1, () => tree.follow(), tell('the public tree could not be built'))
  const due = { channel: CASES_DUE, clock: cases.clock, next: () => nextReleaseDue(cases), work: () => sweepReleases(advisory) }
  const releasing = sleepUntilDue(ear, due, tell('planned releases could not be looked through'))
  closing.add(
    () => following.stop(),
    () => releasing.stop(),
  )
  void following.now()
  return { advisory, published: () => void following.now() }
}

/** Every folder that this server and its own processes write into, each once. */
function writtenFolders({ data, custody }: Config): readonly string[] {
  const runner = runnerFolder(data)
  const beside = [runner, attemptsFolder(data), `${attemptsFolder(data)}-sealed`, custody]
  return [data, ...beside.filter((folder) => !folder.startsWith(`${data}/`))]
}

function attemptsFolder(data: string): string {
  return `${runnerFolder(data)}-attempts`
}

/** Run sets go on where the last server left them; what lay in clear for them then is deleted first. */
function startMeasurement(
  docket: DocketDesk,
  macs: IntakeMacs,
  config: Config,
  log: Logger,
  closing: Closing,
  tell: (what: string) => (error: unknown) => void,
): MeasurementDesk {
  const engine = new AttemptsProcess(attemptsFolder(config.data), log)
  engine.sweep()
  const desk: MeasurementDesk = {
    ...docket,
    macs,
    engine,
    figures: figuresInThread,
    suites: resolve(import.meta.dirname, '../../../suites'),
    scratch: join(config.data, 'scratch'),
  }
  rmSync(desk.scratch, { recursive: true, force: true })
  const work = measurementWorker(desk, tell('a run set could not be worked on'))
  closing.add(() => work.stop())
  return desk
}

// A name at run time, not an import: the server stands without the devkit, and only a demo asks for it.
const DEMO = '../../devkit/demo.ts'

async function startDemo(desks: Desks, onTold: () => void, onError: (error: unknown) => void): Promise<() => Promise<void>> {
  const demo = (await import(DEMO)) as { startDemo: typeof startDemo }
  return await demo.startDemo(desks, onTold, onError)
}

const DEMO_MAIL = '../../devkit/demo-mail.ts'
type OpenDemoMail = (onError: (error: unknown) => void) => Promise<{
  readonly settings: Pick<MailSettings, 'post' | 'mailbox' | 'letterbox'>
  close(): Promise<void>
} | null>

/** A demo without a mail server has one on this machine's loopback, from which nothing goes anywhere. */
async function mailOf({ demo, mail }: Config, closing: Closing, onError: (error: unknown) => void): Promise<MailSettings> {
  if (!demo || mail.post !== null || mail.mailbox !== null) return mail
  const { openDemoMail } = (await import(DEMO_MAIL)) as { openDemoMail: OpenDemoMail }
  const opened = await openDemoMail(onError)
  if (opened === null) return mail
  closing.add(() => opened.close())
  return { ...mail, ...opened.settings }
}

async function startDoors(desks: Desks, config: Config, runner: LocalRunner, closing: Closing): Promise<Listening> {
  const ground = desks.intake
  const app = await createApp(desks, {
    session: (secret) => recogniseSession(ground, secret),
    token: async (secret) => runner.recognise(secret) ?? (await recogniseToken(ground, secret)),
  })
  const listening = await listen(app, config.port)
  closing.add(() => listening.stop())
  return listening
}

async function startControl(
  opened: OpenGround,
  config: Config,
  ledger: Log | null,
  url: string | null,
  closing: Closing,
): Promise<{ asked: Promise<string> }> {
  const asked = Promise.withResolvers<string>()
  const host: ControlHost = { opened, config, ledger, url, stop: () => asked.resolve('stop') }
  const control = await serveControl(host)
  closing.add(() => control.stop())
  return { asked: asked.promise }
}
