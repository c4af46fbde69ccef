import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { OpenCase as Asked, CaseView } from '../../../contract/shapes/case.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { KnownChoices } from './known-choices.tsx'
import { PolicyField } from './policy-field.tsx'

/** Opens a case about a flaw; nobody is told of it by that. One that is in an open case already is refused, with that case named. */
export function OpenCase({ flaw }: { flaw: string }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [policy, setPolicy] = useState('')
  const [project, setProject] = useState('')
  const make = useMutation({
    mutationFn: () =>
      sendJson<CaseView>('POST', '/v1/cases', {
        flaws: [flaw],
        project: project.trim() === '' ? null : project.trim(),
        policy: policy === 'none' ? null : policy,
      } satisfies Asked),
    onSuccess: async ({ row }) => {
      await client.invalidateQueries({ queryKey: ['cases'] })
      await navigate({ to: '/cases/$id', params: { id: row.id } })
    },
  })
  return (
    <div className="subpanel stack tight">
      <h3>Act on it with others</h3>
      <p>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          Open a case
        </button>
      </p>
      {open ? (
        <form
          className="stack tight opens"
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <PolicyField
            label="Propose an embargo by"
            instead={['none', 'No embargo for now']}
            value={policy}
            onChange={setPolicy}
          />
          <Field label="Project" hint="Its id, prj_…, if it is known whose terms hold">
            {(ids) => (
              <input
                {...ids}
                className="mono"
                list="flaw-projects"
                maxLength={40}
                value={project}
                onChange={(event) => setProject(event.target.value)}
              />
            )}
          </Field>
          <KnownChoices id="flaw-projects" />
          <ul className="s dots">
            <li>The flaw stays as it is; its case gets a key of its own</li>
            <li>Nobody is invited or told by it; a person sends each letter</li>
            <li>No finder learns that a case exists before it is invited</li>
          </ul>
          <p>
            <button type="submit" className="btn" disabled={policy === '' || make.isPending}>
              Open the case
            </button>
          </p>
          {make.error ? <FailureNote error={make.error} not="Not opened." safe="The flaw is as it was." /> : null}
        </form>
      ) : null}
    </div>
  )
}
