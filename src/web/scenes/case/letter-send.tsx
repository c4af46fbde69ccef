import { useState } from 'react'
import type { ActLetter, LetterOut } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { fullInstant } from '../../parts/time/format.ts'

interface Sends {
  readonly letter: LetterOut
  readonly now: number
  readonly busy: boolean
  readonly act: (what: ActLetter) => void
  readonly onEdit: () => void
}

/** Sending, in two steps: what follows is read before the button that does it; no key sends. */
export function LetterSend({ letter, now, busy, act, onEdit }: Sends) {
  const [asked, setAsked] = useState(false)
  const { version, state, mayGoAt, missing } = letter
  if (state === 'unsure') return <Unsure letter={letter} busy={busy} act={act} />
  if (state !== 'draft' && state !== 'bounced' && state !== 'refused') return null
  const at = mayGoAt === null ? null : Date.parse(mayGoAt)
  const held = missing.length > 0 || at === null
  const later = at !== null && at > now
  return (
    <div className="stack">
      <p className="row wrap">
        {state === 'draft' ? (
          <>
            <button type="button" className="btn" disabled={held} aria-expanded={asked} onClick={() => setAsked(!asked)}>
              {later ? 'Send when it may go' : 'Send'}
            </button>
            <button type="button" className="btn" onClick={onEdit}>
              Edit the text
            </button>
          </>
        ) : null}
        <button type="button" className="btn plain" disabled={busy} onClick={() => act({ do: 'drop', version })}>
          Drop it
        </button>
        <span className="s i2">
          {at === null
            ? 'It may not go as it stands. '
            : later
              ? `May go from ${fullInstant(at)}. `
              : held
                ? ''
                : 'May go now. '}
          {letter.waits ? <Inert text={letter.waits} /> : null}
        </span>
      </p>
      {asked && !held ? (
        <div className="note stack tight opens">
          <h3>If you send it</h3>
          <ul className="s dots">
            <li>
              {letter.address ? 'One mail goes to' : 'It shows in the inbox of'} <Inert text={letter.to} />
              {letter.address ? (
                <>
                  {' '}
                  at <Inert className="mono" text={letter.address} />
                </>
              ) : null}
              , {later ? `at ${fullInstant(at!)} or soon after` : 'within a minute'}
            </li>
            <li>
              {letter.address === null
                ? 'Nothing is mailed: they read the invitation with their account, and nothing of the case before'
                : letter.sealed === 'none'
                  ? 'It is not encrypted: whoever carries the mail can read the text above'
                  : 'The text is encrypted; subject and envelope reveal nothing'}
            </li>
            <li>The parties’ timeline says that it went, never what it said</li>
            <li>{later ? 'Until it goes it can be dropped; afterwards it cannot be taken back' : 'It cannot be taken back'}</li>
          </ul>
          <p className="row wrap">
            <button type="button" className="btn primary" disabled={busy} onClick={() => act({ do: 'send', version })}>
              {later ? 'Queue this letter' : 'Send this letter'}
            </button>
            <button type="button" className="btn plain" onClick={() => setAsked(false)}>
              Not now
            </button>
          </p>
        </div>
      ) : null}
    </div>
  )
}

function Unsure({ letter: { version }, busy, act }: Pick<Sends, 'letter' | 'busy' | 'act'>) {
  return (
    <div className="note soon stack tight">
      <p>
        <b>Nobody knows whether it went.</b> The mail server’s answer was lost. Look there; it is not sent again by itself.
      </p>
      <p className="row wrap">
        <button type="button" className="btn small" disabled={busy} onClick={() => act({ do: 'settle', version, sent: true })}>
          It went
        </button>
        <button type="button" className="btn small" disabled={busy} onClick={() => act({ do: 'settle', version, sent: false })}>
          It did not go
        </button>
      </p>
    </div>
  )
}
