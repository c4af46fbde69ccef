import { useState } from 'react'
import { Icon } from '../../parts/marks/icon.tsx'
import { day } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { untilWords } from '../../parts/time/until-words.ts'

interface PauseProps {
  readonly pausedUntil: string | null
  readonly open: boolean
  readonly busy: boolean
  readonly onOpen: (open: boolean) => void
  readonly pause: (until: string | null) => void
}

const LENGTHS = [
  [7, 'a week'],
  [14, 'two weeks'],
  [30, '30 days'],
] as const
const DAY = 86_400_000

/** A pause until a day, or its end. */
export function PauseForm({ pausedUntil, open, busy, onOpen, pause }: PauseProps) {
  const { now } = useServerNow(60_000)
  const [other, setOther] = useState('')
  const send = (until: string | null) => {
    pause(until)
    onOpen(false)
  }
  if (pausedUntil !== null)
    return (
      <div className="stack tight">
        <p className="s">
          Paused <b>{untilWords(pausedUntil)}</b>.
        </p>
        <p>
          <button type="button" className="btn" disabled={busy} onClick={() => send(null)}>
            Take reports again now
          </button>
        </p>
      </div>
    )
  return (
    <div className="stack tight">
      <div className="row between">
        <span>Pause until</span>
        <button type="button" className="btn" aria-expanded={open} onClick={() => onOpen(!open)}>
          Choose a day <Icon name={open ? 'up' : 'down'} />
        </button>
      </div>
      {open && now !== null ? (
        <form
          className="stack tight opens pausedays"
          onSubmit={(event) => {
            event.preventDefault()
            if (other !== '') send(`${other}T00:00:00.000Z`)
          }}
        >
          {LENGTHS.map(([days, word]) => (
            <button
              key={days}
              type="button"
              className="btn full"
              disabled={busy}
              onClick={() => send(new Date(now + days * DAY).toISOString())}
            >
              <span>For {word}</span> <span className="i3">{day(now + days * DAY)}</span>
            </button>
          ))}
          <div className="row">
            <input
              className="small grow"
              type="date"
              aria-label="Another day"
              min={new Date(now + DAY).toISOString().slice(0, 10)}
              max={new Date(now + 365 * DAY).toISOString().slice(0, 10)}
              value={other}
              onChange={(event) => setOther(event.target.value)}
            />
            <button type="submit" className="btn" disabled={busy || other === ''}>
              Until then
            </button>
          </div>
        </form>
      ) : null}
    </div>
  )
}
