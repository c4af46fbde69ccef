import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CaseView, DraftLetter, LetterOut } from '../../../contract/shapes/case.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { casePath } from './queries.ts'
import { HIDDEN_PARTY, TEMPLATE_CHOICES } from './words.ts'

/** Asks for a draft from a template to one party; nothing is sent by it. */
export function DraftForm({ of, done }: { of: CaseView; done: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [template, setTemplate] = useState('')
  const [party, setParty] = useState('')
  const draft = useMutation({
    mutationFn: () =>
      sendJson<LetterOut>('POST', casePath(of.row.id, '/letters'), { template, party, text: null } satisfies DraftLetter),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['case', of.row.id, 'letters'] })
      done()
      await navigate({ to: '/cases/$id/$part', params: { id: of.row.id, part: 'letters' }, hash: made.id })
    },
  })
  return (
    <form
      className="stack tight opens"
      onSubmit={(event) => {
        event.preventDefault()
        draft.mutate()
      }}
    >
      <Field label="What for">
        {(ids) => (
          <select {...ids} required value={template} onChange={(event) => setTemplate(event.target.value)}>
            <option value="">Choose</option>
            {TEMPLATE_CHOICES.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="To">
        {(ids) => (
          <select {...ids} required value={party} onChange={(event) => setParty(event.target.value)}>
            <option value="">Choose</option>
            {of.parties
              .filter((one) => one.kind !== 'coordinator' && one.leftAt === null)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {visibleText(one.name ?? HIDDEN_PARTY, 80)}
                </option>
              ))}
          </select>
        )}
      </Field>
      <p className="row wrap">
        <button type="submit" className="btn small" disabled={draft.isPending || template === '' || party === ''}>
          Write the draft
        </button>
        <span className="xs i2">Nothing is sent by it.</span>
      </p>
      {draft.error ? <FailureNote error={draft.error} not="Not drafted." /> : null}
    </form>
  )
}
