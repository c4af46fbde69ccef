import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getBytes } from '../../api/request.ts'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'

/** What the programs printed, as text: control characters are written out, nothing in it is followed. */
export function RunLog({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  const log = useQuery({
    queryKey: ['validation', id, 'log'],
    queryFn: async () =>
      new TextDecoder().decode((await getBytes(`/v1/validations/${encodeURIComponent(id)}/log`)) ?? undefined),
    enabled: open,
  })
  return (
    <section>
      <h2>Log</h2>
      {open ? (
        <>
          {log.data === undefined && !log.error ? <Waiting rows={6} what="the log" /> : null}
          {log.error ? <FailureNote error={log.error} not="The log is not shown." /> : null}
          {log.data === undefined ? null : log.data === '' ? (
            <p className="s i3">The programs printed nothing.</p>
          ) : (
            <InertBlock mono text={log.data} from="the programs that were run" />
          )}
        </>
      ) : (
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          Show the log
        </button>
      )}
    </section>
  )
}
