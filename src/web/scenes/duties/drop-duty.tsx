import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

/** Drops one's own duty, after saying what that does. */
export function DropDuty({ id, dutyKey }: { id: string; dutyKey: string }) {
  const client = useQueryClient()
  const [asked, setAsked] = useState(false)
  const drop = useMutation({
    mutationFn: () => sendJson('DELETE', `/v1/own-duties/${encodeURIComponent(dutyKey)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['own-duties'] }),
  })
  if (!asked)
    return (
      <p>
        <button type="button" className="btn small" onClick={() => setAsked(true)}>
          Drop {id}
        </button>
      </p>
    )
  return (
    <div className="stack tight">
      <p className="s">Its key is destroyed: nobody can read it or what was said of it again.</p>
      {drop.error ? <FailureNote error={drop.error} not="Not dropped." /> : null}
      <p className="row wrap">
        <button type="button" className="btn small" disabled={drop.isPending} onClick={() => drop.mutate()}>
          Drop {id} for good
        </button>
        <button type="button" className="btn small" onClick={() => setAsked(false)}>
          Keep it
        </button>
      </p>
    </div>
  )
}
