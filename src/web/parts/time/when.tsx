import { fullInstant, localTime, moment } from './format.ts'

/** An instant: short in UTC, in full with the reader's own time on hover. */
export function When({ at, full = false }: { at: string; full?: boolean }) {
  const ms = Date.parse(at)
  if (Number.isNaN(ms)) return <span>unknown</span>
  return (
    <time dateTime={at} title={`${fullInstant(ms)} ${localTime(ms)}`}>
      {full ? fullInstant(ms) : moment(ms)}
    </time>
  )
}
