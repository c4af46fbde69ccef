import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { meQuery } from '../../api/queries.ts'

/** The server's time in milliseconds, moved on every `tick`; null before the first answer. Fresh: an answer came in the last minutes. */
export function useServerNow(tick = 10_000): { readonly now: number | null; readonly fresh: boolean } {
  const { data } = useQuery(meQuery)
  const [local, setLocal] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setLocal(Date.now()), tick)
    return () => clearInterval(timer)
  }, [tick])
  if (!data) return { now: null, fresh: false }
  const ahead = Date.parse(data.instance.now) - data.readAt
  const at = Math.max(local, data.readAt)
  return { now: Number.isNaN(ahead) ? null : at + ahead, fresh: at - data.readAt < 180_000 }
}
