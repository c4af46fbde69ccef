import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CasePaperOut, CaseView } from '../../../contract/shapes/case.ts'
import { sendFile } from '../../api/send-file.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { bytes } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { casePath, papersQuery } from './queries.ts'
import { HIDDEN_PARTY } from './words.ts'

const FILE = {
  file: 'File',
  patch: 'Patch',
  reproducer: 'Reproducer',
  message: 'Message',
  reply: 'Reply',
  machine: 'Answer of a machine',
} as const

/** Files of the case with their digests; a file is taken as a file and never shown by the page. */
export function FilesPart({ of }: { of: CaseView }) {
  const { data, error } = useQuery(papersQuery(of.row.id))
  if (error && !data) return <FailureNote error={error} not="The files are not shown." />
  if (!data) return <Waiting rows={5} what="files" />
  const rows = data.rows.filter(({ kind }) => !['message', 'reply', 'machine'].includes(kind))
  return (
    <div className="stack wide">
      {rows.length === 0 ? <p>No file yet.</p> : <Files id={of.row.id} rows={rows} />}
      {of.row.state === 'open' ? <AddFile of={of} /> : null}
    </div>
  )
}

function Files({ id, rows }: { id: string; rows: readonly CasePaperOut[] }) {
  return (
    <table className="blocks filetable">
      <caption className="vh">Files of the case</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="w-report">
            Kind
          </th>
          <th scope="col">From</th>
          <th scope="col" className="num w-fix">
            Size
          </th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <a href={casePath(id, `/papers/${encodeURIComponent(one.id)}`)} download className="b">
                <Inert text={one.title} />
              </a>
              {one.readers === 'some' ? <span className="second xs i3">to some</span> : null}
            </th>
            <td>{FILE[one.kind]}</td>
            <td>
              {one.by === null ? HIDDEN_PARTY : <Inert text={one.by} />}
              <span className="second xs i3">
                <When at={one.at} />
              </span>
            </td>
            <td className="num" data-label="Size">
              {bytes(one.bytes)}
            </td>
            <td>
              <MiddleCut text={one.digest} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function AddFile({ of }: { of: CaseView }) {
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [kind, setKind] = useState('')
  const add = useMutation({
    mutationFn: (given: File) => sendFile(casePath(of.row.id, '/papers'), { kind, title: given.name }, given),
    onSuccess: async () => {
      setFile(null)
      await client.invalidateQueries({ queryKey: ['case', of.row.id] })
    },
  })
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (file && kind !== '') add.mutate(file)
      }}
    >
      <h2>Add a file</h2>
      <div className="grid2">
        <Field label="File">
          {(ids) => <input {...ids} type="file" required onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}
        </Field>
        <Field label="What it is">
          {(ids) => (
            <select {...ids} required value={kind} onChange={(event) => setKind(event.target.value)}>
              <option value="">Choose</option>
              <option value="file">File</option>
              <option value="patch">Patch</option>
              <option value="reproducer">Reproducer</option>
            </select>
          )}
        </Field>
      </div>
      <p className="row wrap">
        <button type="submit" className="btn" disabled={add.isPending || file === null || kind === ''}>
          Add the file
        </button>
        <span className="s i2">It is kept under the case’s own key. All parties that read the case can take it.</span>
      </p>
      {add.error ? <FailureNote error={add.error} not="Not stored." safe="Your file is unchanged." /> : null}
    </form>
  )
}
