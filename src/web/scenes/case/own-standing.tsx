import { useState } from 'react'
import type { CaseView, PartyOut } from '../../../contract/shapes/case.ts'
import type { Sending } from './own-work.tsx'
import { may } from './words.ts'

/** The party's word on publishing, whether others see it takes part, and the way out; each says first what follows. */
export function OwnStanding({ of, party, busy, send }: Sending & { of: CaseView; party: PartyOut }) {
  const [asked, setAsked] = useState<'publish' | 'leave' | null>(null)
  const hidden = party.hides
  return (
    <div className="stack tight">
      <p className="row wrap">
        {may(of, 'agree-to-publish') ? (
          <button
            type="button"
            className="btn small"
            aria-expanded={asked === 'publish'}
            onClick={() => setAsked(asked === 'publish' ? null : 'publish')}
          >
            Agree to publish
          </button>
        ) : null}
        {may(of, 'hide') ? (
          <button
            type="button"
            className="btn small"
            disabled={busy}
            onClick={() => send({ do: 'hide', party: party.id, hidden: !hidden })}
          >
            {hidden ? 'Show that we take part' : 'Hide that we take part'}
          </button>
        ) : null}
        {may(of, 'leave') ? (
          <button
            type="button"
            className="btn small"
            aria-expanded={asked === 'leave'}
            onClick={() => setAsked(asked === 'leave' ? null : 'leave')}
          >
            Leave the case
          </button>
        ) : null}
        <span className="xs i3">
          {hidden
            ? 'Other parties and the advisory do not name you; the coordinator knows you.'
            : 'The other parties see your name.'}
        </span>
      </p>
      {asked === 'publish' ? (
        <div className="note stack tight opens">
          <p>
            When every party that reads the case agrees, the coordinator may publish before the embargo ends. A word taken back
            counts until the advisory is out. {of.publish.says}
          </p>
          <p className="row wrap">
            {[true, false].map((agree) => (
              <button
                key={String(agree)}
                type="button"
                className="btn small"
                disabled={busy}
                onClick={() => send({ do: 'agree-to-publish', party: party.id, agree })}
              >
                {agree ? 'We agree to publish' : 'We take our word back'}
              </button>
            ))}
          </p>
        </div>
      ) : null}
      {asked === 'leave' ? (
        <div className="note stack tight opens">
          <p>
            You read nothing more of this case from then on. What you accepted about secrecy still binds you until the embargo
            ends. You come back only by a new invitation.
          </p>
          <p>
            <button type="button" className="btn small" disabled={busy} onClick={() => send({ do: 'leave', party: party.id })}>
              Leave this case
            </button>
          </p>
        </div>
      ) : null}
    </div>
  )
}
