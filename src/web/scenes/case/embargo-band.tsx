import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Cap } from '../../parts/keys/cap.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { Icon } from '../../parts/marks/icon.tsx'
import { duration, fullInstant, localTime } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { ProposeEnd } from './propose-end.tsx'
import { WhyDate } from './why-date.tsx'
import { EMBARGO, endedWords, may } from './words.ts'

/** The embargo over everything of the case: time left, the instant, why this date, and the way to propose another. */
export function EmbargoBand({ of, bare = false }: { of: CaseView; bare?: boolean }) {
  const [open, setOpen] = useState<'why' | 'propose' | null>(null)
  const { embargo } = of
  const binds = embargo.state === 'active' || embargo.state === 'revise'
  const toggle = (what: 'why' | 'propose') => setOpen(open === what ? null : what)
  const mayPropose = may(of, 'propose') && !bare
  useKeys([
    { keys: 'e', say: 'Embargo: why this date', run: () => toggle('why') },
    { keys: 'y', say: 'Why this date', run: () => toggle('why') },
    ...(open === null ? [] : [{ keys: 'Escape', say: 'Close what is open', run: () => setOpen(null) }]),
  ])
  return (
    <section className={`band ${binds ? 'hatch' : ''}`} aria-label="Embargo">
      <div className="bandin">
        <span className={`mark b ${embargo.state === 'none' || embargo.state === 'exited' ? 'i2' : 'emb'}`}>
          <Icon name="lock" />
          {EMBARGO[embargo.state]}
        </span>
        <TimeLeft of={of} />
        <span className="row wrap bandacts">
          <button type="button" className="btn small" aria-expanded={open === 'why'} onClick={() => toggle('why')}>
            {embargo.terms?.endsAt ? 'Why this date' : 'Why'} <Cap>E</Cap>
          </button>
          {mayPropose ? (
            <button type="button" className="btn small" aria-expanded={open === 'propose'} onClick={() => toggle('propose')}>
              {embargo.state === 'none' || embargo.state === 'exited' ? 'Propose an embargo' : 'Propose a change'}
            </button>
          ) : null}
        </span>
      </div>
      {open === null ? null : (
        <div className="bandopen opens">
          {open === 'why' ? <WhyDate of={of} /> : <ProposeEnd of={of} done={() => setOpen(null)} />}
        </div>
      )}
    </section>
  )
}

function TimeLeft({ of: { embargo, now: read } }: { of: CaseView }) {
  const { now, fresh } = useServerNow(1000)
  if (embargo.state === 'exited')
    return (
      <span>
        {embargo.ended ? (
          <>
            on <b>{fullInstant(Date.parse(embargo.ended.at))}</b>: <Inert text={endedWords(embargo.ended.why)} />.{' '}
          </>
        ) : null}
        What is here stays with the parties until an advisory is published.
      </span>
    )
  const offered = embargo.state === 'proposed' ? (embargo.open[0] ?? null) : null
  if (embargo.terms === null && offered === null) return <span>Nobody has agreed to keep this secret until an instant.</span>
  const endsAt = embargo.terms ? embargo.terms.endsAt : offered!.endsAt
  if (endsAt === null)
    return (
      <span>
        <b>open-ended</b>: it ends by consent, or at once when the flaw or an exploit becomes public
      </span>
    )
  const at = Date.parse(endsAt)
  const left = at - (now ?? Date.parse(read))
  return (
    <>
      {fresh || now === null ? <span className="bandtime">{left > 0 ? duration(left) : `${duration(left)} past`}</span> : null}
      <span>
        {embargo.terms ? 'ends' : 'would end'} <b>{fullInstant(at)}</b> <span className="i2">{localTime(at)}</span>
      </span>
    </>
  )
}
