import { useQuery, useQueryClient } from '@tanstack/react-query'
import { threadQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../notice/failure-note.tsx'
import { Waiting } from '../notice/waiting.tsx'
import { Message } from './message.tsx'
import { WriteMessage } from './write-message.tsx'

/** A thread of messages at an address of the contract's thread shape, and the field for one more. */
export function ThreadPart({ path, title, says }: { path: string; title: string; says: string }) {
  const thread = useQuery(threadQuery(path))
  const client = useQueryClient()
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
        <WriteMessage
          label="Write a message"
          send={async (text) => {
            await sendJson('POST', path, { text })
            await client.invalidateQueries(threadQuery(path))
          }}
        />
      ) : null}
    </section>
  )
}
