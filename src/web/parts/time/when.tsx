import { fullInstant, localTime, moment } from './format.ts'

/** An instant: short in UTC, in full with the reader's own time on hover; with seconds where minutes are too coarse. */
export function When({ at, full = false, seconds = false }: { at: string; full?: boolean; seconds?: boolean }) {
  const ms = Date.parse(at)
  if (Number.isNaN(ms)) return <span>unknown</span>
  return (
    <time dateTime={at} title={`${fullInstant(ms)} ${localTime(ms)}`}>
      {full ? fullInstant(ms, seconds) : moment(ms)}
    </time>
  )
}
