import { Link } from '@tanstack/react-router'
import { day } from '../../parts/time/format.ts'
import { useOwnMoves } from '../case/queries.ts'

/** Cases to which one is invited and whose terms one has yet to answer: nothing of them is shown before that. */
export function Invitations() {
  const { rows } = useOwnMoves()
  const open = rows.filter(({ reads, state, whoseMove }) => reads === 'invitation' && state === 'open' && whoseMove === 'yours')
  if (open.length === 0) return null
  return (
    <section className="note invited" aria-label="Invitations">
      {open.map((row) => (
        <p key={row.id}>
          <b>You are invited to a case.</b> Its terms come first, its content once you accept them.{' '}
          {row.endsAt ? `It is secret until ${day(Date.parse(row.endsAt))}. ` : ''}
          <Link to="/cases/$id" params={{ id: row.id }}>
            Read the terms
          </Link>
        </p>
      ))}
    </section>
  )
}
