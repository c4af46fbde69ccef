import { useEffect, useSyncExternalStore } from 'react'
import type { IntakeProgress } from '../../contract/shapes/public.ts'
import { client } from './client.ts'
import { intakeQuery } from './queries.ts'

interface Live {
  readonly jobs: readonly (IntakeProgress & { readonly heardAt: number })[]
  /** How often something changed since the lists were last read. */
  readonly news: number
  /** How often something of one's own inventories, or of what is owed, changed; also once whenever nobody could have heard it. */
  readonly owed: number
}

let state: Live = { jobs: [], news: 0, owed: 0 }
const listeners = new Set<() => void>()

function set(next: Live): void {
  state = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Takes in one message about an upload; an end is news for the lists. */
function hear(progress: IntakeProgress): void {
  const others = state.jobs.filter((job) => job.report !== progress.report)
  set({
    ...state,
    jobs: [{ ...progress, heardAt: Date.now() }, ...others].slice(0, 8),
    news: state.news + (isOver(progress) ? 1 : 0),
  })
}

/** Whether nothing more will be heard of an upload. */
export function isOver({ stage }: IntakeProgress): boolean {
  return stage === 'done' || stage === 'cut'
}

/** Uploads under way and whether lists have news. */
export function useLive(): Live {
  return useSyncExternalStore(subscribe, () => state)
}

/** The lists were just read: nothing in them is news any more. */
export function forgetNews(): void {
  if (state.news > 0) set({ ...state, news: 0 })
}

/** Listens to the event stream while mounted, for those who have anything to hear. Rows are never changed by it: they wait until asked for. */
export function useEventStream(roles: readonly string[]): void {
  const uploads = roles.includes('finder') || roles.includes('coordinator')
  const on = uploads || roles.includes('operator')
  useEffect(() => {
    if (!on) return
    if (uploads)
      client.fetchQuery(intakeQuery).then(
        // What was over before this page was opened is in the lists already.
        (jobs) => jobs.filter((job) => !isOver(job)).forEach(hear),
        () => undefined,
      )
    const source = new EventSource('/v1/events')
    const owed = () => set({ ...state, owed: state.owed + 1 })
    let opened = 0
    source.addEventListener('open', () => opened++ > 0 && owed())
    source.addEventListener('exposure', owed)
    source.addEventListener('intake', (event) => {
      const progress = parse(event.data)
      if (progress) hear(progress)
    })
    source.addEventListener('flaw', () => set({ ...state, news: state.news + 1 }))
    return () => source.close()
  }, [on, uploads])
}

function parse(data: unknown): IntakeProgress | null {
  try {
    const value = JSON.parse(String(data)) as IntakeProgress
    return typeof value.report === 'string' && typeof value.read === 'number' ? value : null
  } catch {
    return null
  }
}
