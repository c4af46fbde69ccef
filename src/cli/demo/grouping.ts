import { setTimeout as sleep } from 'node:timers/promises'
import { ask, type Client } from '../http/client.ts'
import { count, list, object, text } from '../http/read.ts'

export interface Grouped {
  readonly done: number
  readonly total: number
}

const PATIENCE = 60_000
const PAUSE = 250

/** Waits until everything in those reports is grouped; gives up, with what is known, when nothing moved for a minute. */
export async function waitGrouped(
  client: Client,
  reports: readonly string[],
  moved: (state: Grouped) => void,
  signal: AbortSignal,
): Promise<Grouped> {
  const seen = new Map<string, Grouped>()
  let still = 0
  let before = -1
  for (;;) {
    await look(client, reports, seen)
    const sum = (pick: (state: Grouped) => number) => [...seen.values()].reduce((all, state) => all + pick(state), 0)
    const state = { done: sum(({ done }) => done), total: sum(({ total }) => total) }
    moved(state)
    if (signal.aborted || (seen.size === reports.length && state.done >= state.total)) return state
    still = state.done === before ? still + PAUSE : 0
    before = state.done
    if (still >= PATIENCE) return state
    await sleep(PAUSE, undefined, { signal }).catch(() => {})
  }
}

/** One look at the newest reports at once, then at those it did not show and that are not done, one by one. */
async function look(client: Client, reports: readonly string[], seen: Map<string, Grouped>): Promise<void> {
  const wanted = new Set(reports)
  const shown = new Set<string>()
  const keep = (value: unknown) => {
    const row = object(value)
    const id = text(row['id'])
    if (id === null || !wanted.has(id)) return
    const counts = object(row['counts'])
    shown.add(id)
    seen.set(id, {
      done: count(row['clustered']),
      total: count(counts['accepted']) + count(counts['merged']) + count(counts['needsInfo']),
    })
  }
  for (const row of list(object(await ask(client, 'GET', '/v1/reports'))['rows'])) keep(row)
  for (const id of reports) {
    const known = seen.get(id)
    if (!shown.has(id) && (known === undefined || known.done < known.total))
      keep(await ask(client, 'GET', `/v1/reports/${encodeURIComponent(id)}`))
  }
}
