import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { threadQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../form/field.tsx'
import { FailureNote } from '../notice/failure-note.tsx'
import { Waiting } from '../notice/waiting.tsx'
import { Message } from './message.tsx'

/** A thread of messages at an address of the contract's thread shape; cases and dockets use the same part. */
export function ThreadPart({ path, title, says }: { path: string; title: string; says: string }) {
  const thread = useQuery(threadQuery(path))
  const client = useQueryClient()
  const [text, setText] = useState('')
  const write = useMutation({
    mutationFn: () => sendJson('POST', path, { text }),
    onSuccess: async () => {
      setText('')
      await client.invalidateQueries(threadQuery(path))
    },
  })
  return (
    <section>
      <div className="sh">
        <h2>{title}</h2>
        <span className="s i3">{says}</span>
      </div>
      {thread.data ? (
        <ol className="thread">
          {thread.data.messages.map((message) => (
            <Message key={message.id} message={message} />
          ))}
          {thread.data.messages.length === 0 ? <li className="s i2">No message yet.</li> : null}
        </ol>
      ) : thread.error ? (
        <FailureNote error={thread.error} not="The messages are not shown." />
      ) : (
        <Waiting rows={1} what="messages" />
      )}
      {thread.data?.canWrite ? (
        <form
          className="stack tight measure"
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim() !== '') write.mutate()
          }}
        >
          <Field label="Write a message">
            {(ids) => (
              <textarea {...ids} rows={3} maxLength={20_000} value={text} onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
          {write.error ? <FailureNote error={write.error} not="Not sent." safe="Your text is still here." /> : null}
          <p>
            <button type="submit" className="btn" disabled={write.isPending || text.trim() === ''}>
              Send the message
            </button>
          </p>
        </form>
      ) : null}
    </section>
  )
}
