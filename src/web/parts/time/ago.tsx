import { age, fullInstant, localTime, moment } from './format.ts'
import { useServerNow } from './server-clock.ts'

/** How long ago, by the server's clock, and the instant below it; the instant alone where that clock is not known. */
export function Ago({ at }: { at: string }) {
  const { now, fresh } = useServerNow(30_000)
  const ms = Date.parse(at)
  if (Number.isNaN(ms)) return <span>unknown</span>
  return (
    <time dateTime={at} title={`${fullInstant(ms)} ${localTime(ms)}`}>
      {now !== null && fresh ? <span className="ago">{age(now - ms)}</span> : null}
      <span className="second xs i3">{moment(ms)}</span>
    </time>
  )
}
