import type { AttemptLine, AttemptResult, TranscriptLine } from '../../../contract/attempts.ts'
import { parseBlobName } from '../../store/blobs/blob-store.ts'
import { inTransaction } from '../../store/connection.ts'
import { addAttemptRows, listAttemptRows, loadRunSet, type RunProgress, updateRunSet } from '../../store/run-set.ts'
import { loadDocket } from '../docket/load-docket.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { openRunSet, type RunSetBody, sealRunSet } from './run-set-body.ts'
import { openAttempt, sealAttempt, storedOf } from './stored-attempt.ts'
import { keepLine, storeTranscript } from './transcript-file.ts'

/** The docket's keys are destroyed, or it is gone: nothing more is kept. */
export class KeysGone extends Error {
  override name = 'KeysGone'
}

const MOST_HELD = 512 << 20
const PROGRESS_MS = 1000

/** Takes what the runner tells of one run set and keeps it: transcripts first, then their attempts, each once. */
export class AttemptIntake {
  readonly #desk: MeasurementDesk
  readonly #docket: string
  readonly #set: string
  readonly #model: string
  readonly #lines = new Map<string, string[]>()
  readonly #known = new Set<string>()
  #next = 0
  #held = 0
  #told = 0
  /** How the process said that it ended. */
  ended: { readonly stopped: boolean; readonly failed: string | null } | null = null

  constructor(desk: MeasurementDesk, docket: string, set: string, model: string) {
    this.#desk = desk
    this.#docket = docket
    this.#set = set
    this.#model = model
  }

  /** What is kept already, as `task#attempt`: the runner does not do it again. */
  async known(): Promise<string[]> {
    const { rows, key } = await inTransaction(this.#desk.store, 'all', async (tx) => {
      const loaded = await loadDocket(this.#desk, tx, this.#docket)
      return { rows: await listAttemptRows(tx, this.#docket, this.#set), key: loaded?.key('R') ?? null }
    })
    if (key === null) throw new KeysGone('the key of the results is gone')
    for (const { n, row } of rows) {
      const { task, attempt } = openAttempt(key, this.#docket, this.#set, n, row)
      this.#known.add(`${task}#${attempt}`)
      this.#next = n + 1
    }
    return [...this.#known]
  }

  async take(line: AttemptLine): Promise<void> {
    switch (line.event) {
      case 'ready':
        return
      case 'transcript':
        return await this.#transcript(line.task, line.attempt, line.lines)
      case 'attempt':
        return await this.#attempt(line.result)
      case 'progress':
        return await this.#progress(line)
      case 'unsolved-reference':
        return await this.#body((body) =>
          body.unsolved.some(({ where }) => where === line.task)
            ? body
            : {
                ...body,
                unsolved: [...body.unsolved, { code: 'reference.unsolved', where: line.task, say: line.say.slice(0, 1000) }],
                tasks: body.tasks.map((task) =>
                  task.task === line.task ? { ...task, broken: 'Its reference solution does not solve it.' } : task,
                ),
              },
        )
      case 'done':
        this.ended = { stopped: line.stopped, failed: null }
        return
      case 'failed':
        this.ended = { stopped: false, failed: line.say }
        return
    }
  }

  async #transcript(task: string, attempt: number, lines: readonly TranscriptLine[]): Promise<void> {
    const developer = await this.#key('D')
    const where = `${task}#${attempt}`
    const held = this.#lines.get(where) ?? []
    this.#lines.set(where, held)
    for (const line of lines) {
      const kept = keepLine(line, developer, this.#docket, this.#set, where, this.#desk.random)
      if (this.#held + kept.length > MOST_HELD) return
      this.#held += kept.length
      held.push(kept)
    }
  }

  async #attempt(result: AttemptResult): Promise<void> {
    const where = `${result.task}#${result.attempt}`
    const lines = this.#lines.get(where) ?? []
    this.#lines.delete(where)
    this.#held -= lines.reduce((sum, line) => sum + line.length, 0)
    if (this.#known.has(where)) return
    const key = await this.#key('R')
    const transcript = lines.length === 0 ? null : await storeTranscript(this.#desk, key, lines)
    const n = this.#next
    const row = sealAttempt(key, this.#docket, this.#set, n, storedOf(result, this.#model), this.#desk.random)
    const stored = await inTransaction(this.#desk.store, 'all', async (tx) => {
      // With its row locked: a purge that began meanwhile has listed what it deletes.
      const loaded = await loadDocket(this.#desk, tx, this.#docket, true)
      if (loaded === null || loaded.purge !== null) return false
      await addAttemptRows(tx, this.#docket, this.#set, [{ n, row, transcript }], this.#desk.clock())
      return true
    })
    if (!stored) {
      const blob = transcript === null ? null : parseBlobName(transcript)
      if (blob !== null) await this.#desk.blobs.delete(blob)
      throw new KeysGone('the docket is being closed')
    }
    this.#next = n + 1
    this.#known.add(where)
  }

  async #progress({ tokens, cost, leftMs, total }: Extract<AttemptLine, { event: 'progress' }>): Promise<void> {
    const now = this.#desk.clock()
    if (now - this.#told < PROGRESS_MS && leftMs !== 0) return
    this.#told = now
    const progress: RunProgress = { total, tokens, cost, leftMs }
    await inTransaction(this.#desk.store, 'all', (tx) => updateRunSet(tx, this.#docket, this.#set, { progress }))
  }

  async #body(change: (body: RunSetBody) => RunSetBody): Promise<void> {
    await inTransaction(this.#desk.store, 'all', async (tx) => {
      const loaded = await loadDocket(this.#desk, tx, this.#docket)
      const key = loaded?.key('R') ?? null
      const row = await loadRunSet(tx, this.#docket, this.#set, true)
      if (key === null || row === undefined) throw new KeysGone('the run set is gone')
      const body = change(openRunSet(key, this.#docket, this.#set, row.body))
      await updateRunSet(tx, this.#docket, this.#set, {
        body: sealRunSet(key, this.#docket, this.#set, body, this.#desk.random),
      })
    })
  }

  async #key(compartment: 'D' | 'R') {
    const key = await inTransaction(this.#desk.store, 'all', async (tx) => {
      const loaded = await loadDocket(this.#desk, tx, this.#docket)
      return loaded === null || loaded.purge !== null ? null : loaded.key(compartment)
    })
    if (key === null) throw new KeysGone('a key of the docket is gone')
    return key
  }
}
