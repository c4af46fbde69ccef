import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { Unreachable } from '../api/failure.ts'
import { meQuery } from '../api/queries.ts'
import { clock } from '../parts/time/format.ts'

const subscribe = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** What stands above everything: that this is a demo, that the page is old, what the operator must know. */
export function Banners() {
  const { data: me, error } = useQuery(meQuery)
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const away = !online || error instanceof Unreachable
  if (!away && !me?.instance.demo && !me?.instance.notes.length) return null
  return (
    <aside aria-label="About this instance">
      {away ? (
        <div className="banner" role="status">
          <b>{online ? 'No answer from the server.' : 'Offline.'}</b>
          <span>
            {me ? `This page is as of ${clock(me.readAt)} UTC.` : 'Nothing could be read yet.'} It goes on by itself when the
            server answers.
          </span>
        </div>
      ) : null}
      {me?.instance.demo ? (
        <div className="banner">
          <span>
            <b>Demo.</b> Invented people, real machinery; answers this machine only.
          </span>
          <Link to="/sign-in">Be someone else</Link>
        </div>
      ) : null}
      {me?.instance.notes.map((note) => (
        <div key={note} className="banner">
          {note}
        </div>
      ))}
    </aside>
  )
}
