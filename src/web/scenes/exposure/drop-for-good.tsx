import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useReadAgain } from './use-read-again.ts'

/** Drops what stands at `path` for good, after saying what that does (`children`). */
export function DropForGood({ path, label, children }: { path: string; label: string; children: ReactNode }) {
  const readAgain = useReadAgain()
  const [asked, setAsked] = useState(false)
  const drop = useMutation({ mutationFn: () => sendJson('DELETE', path), onSuccess: readAgain })
  if (!asked)
    return (
      <p>
        <button type="button" className="btn small" onClick={() => setAsked(true)}>
          {label}
        </button>
      </p>
    )
  return (
    <div className="stack tight">
      <p className="s">{children}</p>
      {drop.error ? <FailureNote error={drop.error} not="Not dropped." /> : null}
      <p className="row wrap">
        <button type="button" className="btn small" disabled={drop.isPending} onClick={() => drop.mutate()}>
          Drop it for good
        </button>
        <button type="button" className="btn small" onClick={() => setAsked(false)}>
          Keep it
        </button>
      </p>
    </div>
  )
}
