import { rmSync } from 'node:fs'
import type { AttemptsJob } from '../../../contract/attempts.ts'
import { inTransaction } from '../../store/connection.ts'
import { loadRunSet, openRunSets, updateRunSet } from '../../store/run-set.ts'
import { loadDocket } from '../docket/load-docket.ts'
import { askCustody } from '../docket/tell-custody.ts'
import { AttemptIntake, KeysGone } from './attempt-intake.ts'
import { endpointOf } from './endpoint-of.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { openRunKey, openRunSet, type RunSetBody, sealRunSet } from './run-set-body.ts'
import { suiteFolder } from './suite-place.ts'

const AT_ONCE = 2
const SANDBOXES = 2
const REPEATS = 3

/** Run sets that this server works on, each with its own process. One that a crash cut off is gone on with by what it has. */
export class RunSetWork {
  readonly #desk: MeasurementDesk
  readonly #onError: (error: unknown) => void
  readonly #running = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>()
  #closed = false

  constructor(desk: MeasurementDesk, onError: (error: unknown) => void) {
    this.#desk = desk
    this.#onError = onError
  }

  /** Starts what waits, stops what was asked to stop. Called every moment. */
  async turn(): Promise<void> {
    const open = await inTransaction(this.#desk.store, 'all', (tx) => openRunSets(tx, 100))
    for (const { docket, id, stop } of open) {
      const running = this.#running.get(id)
      if (stop) {
        if (running) running.stop.abort()
        else {
          // A server that was killed may have left its grant.
          await this.#endGrant(docket, id)
          await this.#end(docket, id, 'stopped', '')
        }
      } else if (!running && !this.#closed && this.#running.size < AT_ONCE) this.#start(docket, id)
    }
    // A purge took the row: whoever runs for it has nothing to run for.
    for (const [id, { stop }] of this.#running) if (!open.some((one) => one.id === id)) stop.abort()
  }

  /** Stops all in order and waits; what was under way is gone on with at the next start. */
  async stop(): Promise<void> {
    this.#closed = true
    for (const { stop } of this.#running.values()) stop.abort()
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }

  #start(docket: string, id: string): void {
    const stop = new AbortController()
    const ended = this.#run(docket, id, stop.signal)
      .catch(async (error: unknown) => {
        if (error instanceof KeysGone) return
        this.#onError(error)
        await this.#end(docket, id, 'failed', 'The run ended with an error of this program.').catch(this.#onError)
      })
      .finally(() => this.#running.delete(id))
    this.#running.set(id, { stop, ended })
  }

  async #run(docket: string, id: string, signal: AbortSignal): Promise<void> {
    const desk = this.#desk
    const loaded = await inTransaction(desk.store, 'all', async (tx) => {
      const own = await loadDocket(desk, tx, docket)
      const row = await loadRunSet(tx, docket, id)
      const [results, bench] = [own?.key('R') ?? null, own?.key('B') ?? null]
      if (own === null || row === undefined || results === null || bench === null) return null
      const body = openRunSet(results, docket, id, row.body)
      return { body, bench, endpoint: await endpointOf(desk, tx, own), started: row.started_at !== null }
    })
    if (loaded === null) return
    const { body, bench, endpoint } = loaded
    if (endpoint === null || body.suite === null || body.profile === null || body.runKey === null)
      return await this.#end(docket, id, 'failed', 'It has no endpoint any more.')
    const suite = await suiteFolder(desk, docket, body.suite.place)
    if (!suite.ok) return await this.#end(docket, id, 'failed', suite.say ?? 'The suite cannot be read.')
    const intake = new AttemptIntake(desk, docket, id, body.model)
    try {
      const granted = await askCustody(desk.custody, { do: 'grant', docket, purpose: id })
      if (granted.did !== 'granted' || desk.custody.port === null)
        return await this.#end(docket, id, 'failed', 'The custodian gives no grant: the window is shut.')
      const now = desk.clock()
      await inTransaction(desk.store, 'all', (tx) =>
        updateRunSet(tx, docket, id, { state: 'running', ...(loaded.started ? {} : { startedAt: now }) }),
      )
      const job: AttemptsJob = {
        suite: suite.value.folder,
        tasks: body.wanted,
        attempts: body.attempts,
        repeats: REPEATS,
        runKey: openRunKey(bench, docket, id, body.runKey),
        profile: body.profile,
        prices: body.prices,
        atOnce: SANDBOXES,
        endpoint: {
          api: endpoint.api,
          base: `http://127.0.0.1:${desk.custody.port}/${docket}`,
          model: endpoint.model,
          secret: granted.grant,
        },
        done: await intake.known(),
      }
      await desk.engine.run(job, (line) => intake.take(line), signal, suite.value.own)
    } finally {
      if (suite.value.own) rmSync(suite.value.folder, { recursive: true, force: true })
      await this.#endGrant(docket, id)
    }
    await this.#after(docket, id, intake.ended, signal.aborted)
  }

  async #endGrant(docket: string, id: string): Promise<void> {
    await askCustody(this.#desk.custody, { do: 'end-grant', docket, purpose: id }).catch(this.#onError)
  }

  async #after(docket: string, id: string, ended: AttemptIntake['ended'], aborted: boolean): Promise<void> {
    if (ended?.failed != null && !aborted) return await this.#end(docket, id, 'failed', ended.failed)
    if (ended !== null && !ended.stopped && ended.failed === null) return await this.#end(docket, id, 'done', '')
    // A server that ends leaves it running in the record: the next start goes on with it.
    if (this.#closed) return
    await this.#end(docket, id, aborted ? 'stopped' : 'failed', aborted ? '' : 'The runner ended before it was done.')
  }

  async #end(docket: string, id: string, state: 'done' | 'stopped' | 'failed', say: string): Promise<void> {
    const desk = this.#desk
    await inTransaction(desk.store, 'all', async (tx) => {
      const own = await loadDocket(desk, tx, docket)
      const key = own?.key('R') ?? null
      const row = await loadRunSet(tx, docket, id, true)
      if (row === undefined || key === null || (row.state !== 'waiting' && row.state !== 'running')) return
      const body: RunSetBody = { ...openRunSet(key, docket, id, row.body), say: say.slice(0, 1000) }
      await updateRunSet(tx, docket, id, {
        state,
        endedAt: desk.clock(),
        body: sealRunSet(key, docket, id, body, desk.random),
      })
    })
  }
}
