import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CasePaperOut, CaseView, WriteCaseMessage } from '../../../contract/shapes/case.ts'
import { sendJson } from '../../api/request.ts'
import { Inert, Stretches } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { WriteMessage } from '../../parts/thread/write-message.tsx'
import { When } from '../../parts/time/when.tsx'
import { MessageTo } from './message-to.tsx'
import { casePath, papersQuery } from './queries.ts'
import { HIDDEN_PARTY } from './words.ts'

/** Messages and replies by mail, oldest first, and the field for one more with who will read it. */
export function MessagesPart({ of }: { of: CaseView }) {
  const { data, error } = useQuery(papersQuery(of.row.id))
  if (error && !data) return <FailureNote error={error} not="The messages are not shown." />
  if (!data) return <Waiting rows={5} what="messages" />
  const rows = data.rows.filter(({ kind }) => ['message', 'reply', 'machine'].includes(kind))
  return (
    <section className="stack" aria-label="Messages">
      {rows.length === 0 ? <p>No message yet.</p> : null}
      <ol className="thread">
        {rows.map((one) => (
          <Said key={one.id} one={one} />
        ))}
      </ol>
      {of.row.state === 'open' ? <Write of={of} /> : null}
    </section>
  )
}

function Said({ one }: { one: CasePaperOut }) {
  return (
    <li>
      <p className="s">
        <b>{one.by === null ? HIDDEN_PARTY : <Inert text={one.by} />}</b>
        {one.kind === 'reply' ? <span className="tag">by mail</span> : null}
        {one.kind === 'machine' ? <span className="tag">no person wrote this</span> : null}
        {one.readers === 'some' ? <span className="tag assumed">to some</span> : null}{' '}
        <span className="xs i3">
          <When at={one.at} />
        </span>
      </p>
      <div className="inert said" dir="auto">
        <Stretches text={one.text ?? ''} limit={20_000} />
      </div>
    </li>
  )
}

function Write({ of }: { of: CaseView }) {
  const client = useQueryClient()
  const [to, setTo] = useState<readonly string[]>([])
  const readers = of.parties.filter(({ reads, you }) => reads === 'content' && !you)
  return (
    <WriteMessage
      label="Write a message"
      hint={
        to.length === 0
          ? `Read by the ${readers.length} other parties that accepted the embargo; parties that are only invited read nothing.`
          : `Read by the ${to.length} chosen and the coordinator.`
      }
      rows={4}
      send={async (text) => {
        const message: WriteCaseMessage = { text: text.trim(), to: [...to] }
        await sendJson('POST', casePath(of.row.id, '/papers'), message)
        await client.invalidateQueries({ queryKey: ['case', of.row.id] })
      }}
    >
      <MessageTo readers={readers} to={to} onChange={setTo} />
    </WriteMessage>
  )
}
