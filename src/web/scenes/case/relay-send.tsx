import { useState } from 'react'
import type { ActRelay, RelayOut } from '../../../contract/shapes/relay.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { ROUTE } from './relay-words.ts'

interface Sends {
  readonly relay: RelayOut
  readonly open: boolean
  readonly busy: boolean
  readonly act: (what: ActRelay) => void
}

/** Sending in two steps: what follows is read before the button that does it, and it sends what was read here and nothing newer. */
export function RelaySend({ relay, open, busy, act }: Sends) {
  const [asked, setAsked] = useState(false)
  const again = relay.state === 'not-sent'
  const [name, who] = ROUTE[relay.route]
  return (
    <div className="stack">
      <p className="row wrap">
        <button type="button" className="btn" disabled={!open} aria-expanded={asked} onClick={() => setAsked(!asked)}>
          {again ? 'Send it again' : 'Send'}
        </button>
        {open ? null : <span className="s i2">No credential for {name} is set here, so it cannot be sent from here.</span>}
      </p>
      {asked && open ? (
        <div className="note stack tight opens">
          <h3>If you send it</h3>
          <ul className="s dots">
            <li>
              All that stands above goes to <Inert className="mono" text={relay.to} />, at once: {who}
            </li>
            <li>They take no part in this case: its terms are told to them, and nothing says that they accept them</li>
            <li>It goes in the name of this clearinghouse; the identifier they give is kept with the flaw</li>
            <li>It cannot be taken back</li>
          </ul>
          <p className="row wrap">
            <button
              type="button"
              className="btn primary"
              disabled={busy}
              onClick={() => act({ do: 'send', digest: relay.digest })}
            >
              {busy ? 'Sending' : `Send it to ${name}`}
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
