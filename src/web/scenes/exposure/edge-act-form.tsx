import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActEdgeDevice, EdgeDueOut } from '../../../contract/shapes/edge-device.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { edgeDevicePath } from './edge-queries.ts'
import { DONE } from './edge-words.ts'
import { useReadAgain } from './use-read-again.ts'

type Deed = EdgeDueOut['deed']

/** Says of one device, or of the organisation, what was done, with evidence, or takes it back, with a reason. */
export function EdgeActForm(props: { id: string; deed: Deed; how: 'done' | 'reopen'; close: () => void }) {
  const { id, deed, how, close } = props
  const readAgain = useReadAgain()
  const [says, setSays] = useState('')
  const act = useMutation({
    mutationFn: () => {
      const words = says.trim()
      const body: ActEdgeDevice = how === 'done' ? { do: 'done', deed, evidence: words } : { do: 'reopen', deed, reason: words }
      return sendJson('POST', edgeDevicePath(id), body)
    },
    onSuccess: async () => {
      close()
      await readAgain()
    },
  })
  const word = how === 'done' ? DONE[deed] : 'Open it again'
  return (
    <form
      className="stack measure"
      aria-label={word}
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate()
      }}
    >
      <Field
        label={how === 'done' ? 'How one can tell' : 'Why'}
        hint={
          how === 'done'
            ? 'For example a work order, the number of a report. It stays in the history of the device.'
            : 'It stays in the history, and so does what was said before.'
        }
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            maxLength={2000}
            required
            value={says}
            onChange={(event) => setSays(event.target.value)}
          />
        )}
      </Field>
      {act.error ? <FailureNote error={act.error} not="Not kept." safe="What you wrote is still here." /> : null}
      <p className="row wrap">
        <button type="submit" className="btn" disabled={act.isPending || says.trim() === ''}>
          {word}
        </button>
        <button type="button" className="btn small" onClick={close}>
          Leave it
        </button>
      </p>
    </form>
  )
}
