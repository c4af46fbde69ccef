import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClaimOut } from '../../../contract/shapes/scan.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { contactQuery } from './queries.ts'

/** Who else scans there: that there is one, and how to ask them. Never what they found. */
export function Overlaps({ of }: { of: ClaimOut }) {
  if (of.overlaps.length === 0) return <span className="i3">none</span>
  return (
    <ul className="stack tight">
      {of.overlaps.map((one) => (
        <li key={one.contact}>
          <One overlap={one} />
        </li>
      ))}
    </ul>
  )
}

function One({ overlap }: { overlap: ClaimOut['overlaps'][number] }) {
  const [open, setOpen] = useState(false)
  const contact = useQuery({ ...contactQuery(overlap.contact), enabled: open })
  return (
    <>
      Match since <When at={overlap.at} />.{' '}
      {overlap.reach ? (
        <>
          Reach them: <Inert text={overlap.reach} />
        </>
      ) : (
        <button type="button" className="linkish" aria-expanded={open} onClick={() => setOpen(true)}>
          Whom to ask
        </button>
      )}
      {contact.data ? (
        <div className="xs i2">
          <Inert text={contact.data.name} />
        </div>
      ) : null}
      {contact.error ? <FailureNote error={contact.error} not="The contact is not shown." /> : null}
    </>
  )
}
