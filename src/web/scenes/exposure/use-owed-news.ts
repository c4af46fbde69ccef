import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ActionList } from '../../../contract/shapes/exposure.ts'
import { useLive } from '../../api/live.ts'
import { fetchActionState } from './queries.ts'

/** Changes that come together are asked for once. */
const QUIET_MS = 400

interface Newest {
  readonly state: string
  readonly at: number
}

/** Whether the list on the server is another one than these pages, read at `readAt`: somebody of the house did something, or records came. */
export function useOwedNews(pages: readonly Pick<ActionList, 'state'>[], readAt: number): boolean {
  const { owed } = useLive()
  const [newest, setNewest] = useState<Newest | null>(null)
  useEffect(() => {
    if (owed === 0) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const at = Date.now()
      fetchActionState(stop.signal).then(
        (state) => setNewest({ state, at }),
        () => undefined,
      )
    }, QUIET_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [owed])
  return newest !== null && newest.at >= readAt && pages.some(({ state }) => state !== newest.state)
}

/** Reads inventories, edge devices and the fraction patched again when something of them changed; nobody is in the middle of those. */
export function useOwedFresh(): void {
  const client = useQueryClient()
  const { owed } = useLive()
  useEffect(() => {
    if (owed === 0) return
    const timer = setTimeout(() => {
      for (const queryKey of [['inventories'], ['inventory'], ['exposure', 'uptake'], ['exposure', 'edge-devices']])
        void client.invalidateQueries({ queryKey })
    }, QUIET_MS)
    return () => clearTimeout(timer)
  }, [client, owed])
}
