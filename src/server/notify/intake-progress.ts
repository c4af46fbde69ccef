import type { IntakeProgress } from '../../contract/shapes/public.ts'
import { formatInstant, type Instant, instant } from '../../core/kernel/instant.ts'
import type { Hub } from './hub.ts'

interface Running {
  readonly organisation: string
  readonly name: string | null
  readonly startedAt: number
  read: number
  grouped: number
  stage: IntakeProgress['stage']
  changedAt: number
}

const KEPT = 50
const DONE_FOR_MS = 60_000

/** What is being taken in right now, for the foot of the page. In memory: the reports themselves carry the counts that last. */
export class IntakeBoard {
  readonly #running = new Map<string, Running>()
  readonly #hub: Hub
  readonly #clock: () => Instant
  readonly #nameOf: (organisation: string) => string

  constructor(hub: Hub, clock: () => Instant, nameOf: (organisation: string) => string) {
    this.#hub = hub
    this.#clock = clock
    this.#nameOf = nameOf
  }

  read(report: string, organisation: string, name: string | null, read: number, ended: 'no' | 'whole' | 'cut'): void {
    const now = this.#clock()
    const one = this.#running.get(report) ?? {
      organisation,
      name,
      startedAt: now,
      read: 0,
      grouped: 0,
      stage: 'reading' as const,
      changedAt: now,
    }
    one.read = Math.max(one.read, read)
    one.stage = ended === 'cut' ? 'cut' : ended === 'whole' ? (one.grouped >= one.read ? 'done' : 'grouping') : 'reading'
    this.#set(report, one, now)
  }

  /** `grouped` findings of that report have a flaw now; `total` are to be grouped. */
  grouped(report: string, organisation: string, grouped: number, total: number): void {
    const now = this.#clock()
    const one = this.#running.get(report) ?? {
      organisation,
      name: null,
      startedAt: now,
      read: total,
      grouped: 0,
      stage: 'grouping' as const,
      changedAt: now,
    }
    one.grouped = grouped
    if (one.stage === 'grouping' && grouped >= total) one.stage = 'done'
    this.#set(report, one, now)
  }

  /** Uploads under way or just done, of all organisations or of one. */
  list(organisation: string | null): (IntakeProgress & { organisation: string })[] {
    const now = this.#clock()
    const rows: (IntakeProgress & { organisation: string })[] = []
    for (const [report, one] of this.#running) {
      if (one.stage === 'done' && one.changedAt < now - DONE_FOR_MS) this.#running.delete(report)
      else if (organisation === null || organisation === one.organisation) rows.push(this.#row(report, one))
    }
    return rows
  }

  #set(report: string, one: Running, now: Instant): void {
    one.changedAt = now
    this.#running.set(report, one)
    if (this.#running.size > KEPT) this.#running.delete(this.#running.keys().next().value!)
    this.#hub.publish({ name: 'intake', organisation: one.organisation, body: this.#row(report, one) })
  }

  #row(report: string, one: Running): IntakeProgress & { organisation: string } {
    const seconds = Math.max(0.001, (one.changedAt - one.startedAt) / 1000)
    return {
      report,
      organisation: one.organisation,
      name: one.name,
      finder: this.#nameOf(one.organisation),
      read: one.read,
      grouped: one.grouped,
      total: one.stage === 'reading' ? null : one.read,
      stage: one.stage,
      perSecond: Math.round(one.read / seconds),
      at: formatInstant(instant(one.changedAt)),
    }
  }
}
