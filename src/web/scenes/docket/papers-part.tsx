import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { DOCUMENT_OBJECTS, type DocketView, type PaperOut } from '../../../contract/shapes/docket.ts'
import { OBJECTS } from '../../../core/docket/compartment.ts'
import { sendFile } from '../../api/send-file.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { Message } from '../../parts/thread/message.tsx'
import { WriteMessage } from '../../parts/thread/write-message.tsx'
import { bytes } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { papersQuery } from './queries.ts'

const OBJECT: Readonly<Record<(typeof DOCUMENT_OBJECTS)[number], string>> = {
  message: 'Message to both sides',
  'joint-document': 'Document for both sides',
  'developer-document': 'Document of the developer, for example a risk report',
  'benchmark-document': 'Document of the sealed benchmark',
  'result-document': 'Document of the results',
  suite: 'Suite of sealed tasks',
  criterion: 'Criterion of the determination',
}

/** Messages that both sides see, and documents by compartment; each reading of a document is in the log. */
export function PapersPart({ docket }: { docket: DocketView }) {
  const { data, error } = useQuery(papersQuery(docket.id))
  if (error && !data) return <FailureNote error={error} not="The papers are not shown." />
  if (!data) return <Waiting rows={6} what="the papers" />
  const documents = data.rows.filter((one) => one.object !== 'message')
  return (
    <div className="stack wide">
      <Messages docket={docket} rows={data.rows.filter((one) => one.object === 'message')} />
      <section>
        <h2>Documents</h2>
        {documents.length === 0 ? (
          <p className="s i2">No document that you may read.</p>
        ) : (
          <Documents docket={docket} rows={documents} />
        )}
      </section>
      {docket.may.includes('add-paper') ? <AddDocument docket={docket} /> : null}
    </div>
  )
}

function Messages({ docket, rows }: { docket: DocketView; rows: readonly PaperOut[] }) {
  const client = useQueryClient()
  const mine = new Set(docket.seated.flatMap((one) => (one.mine ? [one.person.id] : [])))
  return (
    <section>
      <h2>Messages</h2>
      <ol className="thread">
        {rows.map((one) => (
          <Message
            key={one.id}
            message={{
              id: one.id,
              at: one.at,
              who: one.by?.name ?? 'Name withheld',
              organisation: one.side === 'developer' ? docket.developer : one.side === 'office' ? docket.office : '',
              text: one.text ?? '',
              mine: one.by !== null && mine.has(one.by.id),
            }}
          />
        ))}
        {rows.length === 0 ? <li className="s i2">No message yet.</li> : null}
      </ol>
      {docket.may.includes('write-message') ? (
        <WriteMessage
          label="Write to both sides"
          send={async (text) => {
            const message = new File([text], 'message')
            await sendFile(`/v1/dockets/${encodeURIComponent(docket.id)}/papers`, { object: 'message' }, message)
            await client.invalidateQueries({ queryKey: ['docket', docket.id, 'papers'] })
          }}
        />
      ) : null}
    </section>
  )
}

function Documents({ docket, rows }: { docket: DocketView; rows: readonly PaperOut[] }) {
  return (
    <table className="blocks papers">
      <caption className="vh">Documents</caption>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Document</th>
          <th scope="col">From</th>
          <th scope="col">When, UTC</th>
          <th scope="col" className="num">
            Size
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <td>
              <span className="letter">{one.compartment}</span>
            </td>
            <td>
              <a href={`/v1/dockets/${encodeURIComponent(docket.id)}/papers/${encodeURIComponent(one.id)}`} download>
                <Inert text={one.title} />
              </a>
              <span className="second xs i3">{OBJECT[one.object as keyof typeof OBJECT] ?? one.object}</span>
            </td>
            <td>{one.by?.name ? <Inert text={one.by.name} /> : <span className="i3">name withheld</span>}</td>
            <td>
              <When at={one.at} />
            </td>
            <td className="num">{bytes(one.bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function AddDocument({ docket }: { docket: DocketView }) {
  const client = useQueryClient()
  const [object, setObject] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const kind = DOCUMENT_OBJECTS.find((one) => one === object)
  const send = useMutation({
    mutationFn: async () => {
      if (file && kind)
        await sendFile(`/v1/dockets/${encodeURIComponent(docket.id)}/papers`, { object: kind, title: file.name }, file)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['docket', docket.id, 'papers'] }),
  })
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <h2>Add a document</h2>
      <div className="grid2">
        <Field
          label="What it is"
          hint={kind ? `It is sealed in ${OBJECTS[kind]}; only who is read into ${OBJECTS[kind]} sees it.` : null}
        >
          {(ids) => (
            <select {...ids} required value={object} onChange={(event) => setObject(event.target.value)}>
              <option value="">Choose</option>
              {DOCUMENT_OBJECTS.filter((one) => one !== 'message').map((one) => (
                <option key={one} value={one}>
                  {OBJECT[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="File">
          {(ids) => <input {...ids} type="file" required onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}
        </Field>
      </div>
      {send.error ? <FailureNote error={send.error} not="Not stored." safe="Your file is unchanged." /> : null}
      <p>
        <button type="submit" className="btn" disabled={send.isPending || !file || !kind}>
          Seal and store it
        </button>
      </p>
    </form>
  )
}
