import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sendFile } from '../../api/send-file.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

/** Takes an Inspect log or a table of runs that another tool wrote. */
export function ImportLogs({ docket }: { docket: string }) {
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const send = useMutation({
    mutationFn: async () => {
      if (file) await sendFile(`/v1/dockets/${encodeURIComponent(docket)}/run-sets/import`, { name: file.name }, file)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['docket', docket, 'run-sets'] }),
  })
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <h2>Take logs of another tool</h2>
      <Field
        label="File"
        hint="Inspect logs (.eval or .json), or a table of runs (.csv). Figures are computed again and compared with the log’s."
      >
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept=".eval,.json,.csv"
            required
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        )}
      </Field>
      {send.error ? <FailureNote error={send.error} not="Not taken." safe="Your file is unchanged." /> : null}
      <p>
        <button type="submit" className="btn" disabled={send.isPending || !file}>
          {send.isPending ? 'Reading it' : 'Take it'}
        </button>
      </p>
    </form>
  )
}
