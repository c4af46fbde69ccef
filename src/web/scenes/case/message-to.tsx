import { useState } from 'react'
import type { PartyOut } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { HIDES } from './words.ts'

const MOST = 60

/** Narrows a message to some readers; nobody is chosen beforehand, which means all that read the case. */
export function MessageTo({
  readers,
  to,
  onChange,
}: {
  readers: readonly PartyOut[]
  to: readonly string[]
  onChange: (to: readonly string[]) => void
}) {
  const [typed, setTyped] = useState('')
  if (readers.length < 2) return null
  const shown = readers.filter(({ id, name }) => to.includes(id) || (name ?? HIDES).toLowerCase().includes(typed.toLowerCase()))
  return (
    <details className="fold">
      <summary>{to.length === 0 ? 'To all that read the case' : `To ${to.length} of ${readers.length}`}</summary>
      <div className="stack tight">
        <label className="row s">
          Find a party
          <input
            className="small"
            type="search"
            maxLength={100}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <div className="row wrap readerlist">
          {shown.slice(0, MOST).map(({ id, name }) => (
            <label key={id} className="choice">
              <input
                type="checkbox"
                checked={to.includes(id)}
                onChange={(event) => onChange(event.target.checked ? [...to, id] : to.filter((one) => one !== id))}
              />
              <Inert text={name ?? HIDES} />
            </label>
          ))}
        </div>
        {shown.length > MOST ? <p className="xs i3">{shown.length - MOST} more: type to find them.</p> : null}
      </div>
    </details>
  )
}
