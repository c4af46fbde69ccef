import { problemOf } from '../../api/failure.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { bytes } from '../../parts/time/format.ts'
import type { Sending } from './sending.ts'

/** How far the sending is, or why nothing was stored and how to send again. */
export function SendingNote({ sending, onStop, onAgain }: { sending: Sending; onStop: () => void; onAgain: () => void }) {
  if (sending.stage === 'sending') {
    const { sent, total } = sending
    return (
      <div className="row wrap s">
        <progress
          className="progressbar"
          aria-label={`Sending ${sending.name}`}
          max={total || 1}
          value={total ? sent : undefined}
        />
        <span>
          {total ? (sent < total ? `${bytes(sent)} of ${bytes(total)} sent` : `${bytes(total)} sent, being read`) : 'Sending'}
        </span>
        <button type="button" className="btn small" onClick={onStop}>
          Stop
        </button>
        <span className="i3">What is already taken in stays; sending again with the same key goes on from there.</span>
      </div>
    )
  }
  if (sending.stage !== 'failed') return null
  const stopped = sending.error instanceof DOMException
  // A refusal is an answer: the same bytes will be refused again.
  const final = problemOf(sending.error) !== null && problemOf(sending.error)!.status < 500
  return (
    <div className="stack tight">
      {stopped ? (
        <p className="note">Stopped before the answer came. Send again with the same key to go on.</p>
      ) : (
        <FailureNote
          error={sending.error}
          not="Not stored."
          safe={final ? 'Your file is unchanged.' : 'Your file is unchanged. Send again with the same key.'}
        />
      )}
      {final ? null : (
        <p className="row wrap s">
          <button type="button" className="btn" onClick={onAgain}>
            Send again
          </button>
          <span className="i3">
            Key <code className="break">{sending.key}</code>
          </span>
        </p>
      )}
    </div>
  )
}
