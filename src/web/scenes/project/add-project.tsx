import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AddProject, ProjectOut } from '../../../contract/shapes/project.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

/** A project with nothing but its name and where it is; its terms follow, or stay unsaid. */
export function AddProjectForm() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [purl, setPurl] = useState('')
  const [repository, setRepository] = useState('')
  const [domains, setDomains] = useState('')
  const [source, setSource] = useState('')
  const add = useMutation({
    mutationFn: () => {
      const place = { purl: purl.trim() || null, repository: repository.trim() || null }
      const project = { name: name.trim(), purls: place.purl ? [place.purl] : [], repository: place.repository }
      const own = domains.split(/[\s,]+/).filter((one) => one !== '')
      const terms = { version: '1.0.0', project }
      const given = { name: name.trim(), ...place, terms, domains: own, source: source.trim() }
      return sendJson<ProjectOut>('POST', '/v1/projects', given satisfies AddProject)
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['projects'] })
      await navigate({ to: '/projects/$id', params: { id: made.id } })
    },
  })
  const named = purl.trim() !== '' || repository.trim() !== ''
  return (
    <form
      className="stack opens measure panel"
      onSubmit={(event) => {
        event.preventDefault()
        if (named) add.mutate()
      }}
    >
      <h2>Add a project</h2>
      <Field label="Name">
        {(ids) => <input {...ids} value={name} maxLength={200} required onChange={(event) => setName(event.target.value)} />}
      </Field>
      <div className="grid2">
        <Field label="Package" hint="A purl without version, as in pkg:npm/left-pad">
          {(ids) => (
            <input {...ids} className="mono" value={purl} maxLength={500} onChange={(event) => setPurl(event.target.value)} />
          )}
        </Field>
        <Field label="Repository" hint="Its https address; one of the two is needed">
          {(ids) => (
            <input
              {...ids}
              className="mono"
              type="url"
              value={repository}
              maxLength={500}
              onChange={(event) => setRepository(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label="Domains of its own" hint="Where its maintainer can show a token; not those of a mail provider or a forge">
        {(ids) => (
          <input
            {...ids}
            className="mono"
            value={domains}
            maxLength={2000}
            onChange={(event) => setDomains(event.target.value)}
          />
        )}
      </Field>
      <Field label="How you know it" hint="Where the project says so, or that you maintain it">
        {(ids) => (
          <input {...ids} value={source} maxLength={500} required onChange={(event) => setSource(event.target.value)} />
        )}
      </Field>
      {add.error ? <FailureNote error={add.error} not="Not added." safe="What you wrote is still here." /> : null}
      <p>
        <button type="submit" className="btn" disabled={add.isPending || !named}>
          Add the project
        </button>
      </p>
    </form>
  )
}
