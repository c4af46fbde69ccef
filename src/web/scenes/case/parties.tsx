import { useRef, useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { Cap } from '../../parts/keys/cap.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { count } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { PartyBar } from './party-bar.tsx'
import { PartyRow } from './party-row.tsx'
import { SilentRow } from './silent-row.tsx'
import { byLastWord, fits, isAsked, isSilent, sharesOf } from './standing.ts'

const FIRST = 12
/** Rows drawn at once at most; the rest is found by the filter or page by page. */
const PAGE = 200

/** Parties × state: a bar of the whole, rows by last word, and the silent as one dashed row. */
export function Parties({ of }: { of: CaseView }) {
  const { parties, flaws, hidden } = of
  const clock = useServerNow(60_000)
  const now = clock.now ?? Date.parse(of.now)
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [most, setMost] = useState(FIRST)
  const [flaw, setFlaw] = useState<string | null>(flaws[0]?.id ?? null)
  useKeys([{ keys: 'f', say: 'Filter the participants', run: () => field.current?.focus() }])
  const filtered = typed.trim() !== ''
  const silent = parties.filter(isSilent)
  const rows = parties.filter((party) => (filtered ? fits(party, flaw, typed) : !isSilent(party))).sort(byLastWord)
  const limit = filtered ? Math.max(most, PAGE) : most
  const shown = rows.slice(0, limit)
  const asked = parties.filter(isAsked).length
  return (
    <section className="parties" aria-labelledby="parties-head">
      <div className="row wrap between">
        <h2 id="parties-head">
          Participants{' '}
          <span className="i3 s regular">
            {count(parties.length)}
            {asked > 0 ? `, ${count(asked)} of them asked how ${asked === 1 ? 'it is' : 'they are'} affected` : ''}
          </span>
        </h2>
        <label className="partyfilter">
          <span className="vh">Filter the participants by name, kind or state</span>
          <input
            ref={field}
            className="small"
            type="search"
            placeholder="Name, kind or state"
            maxLength={100}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                setTyped('')
                event.currentTarget.blur()
              }
            }}
          />
          <Cap>F</Cap>
        </label>
      </div>
      {flaws.length > 1 ? (
        <label className="row wrap s flawpick">
          <span className="i2">How they stand to</span>
          <select className="small" value={flaw ?? ''} onChange={(event) => setFlaw(event.target.value)}>
            {flaws.map((one, n) => (
              <option key={one.id} value={one.id}>
                {n + 1}. {visibleText(one.title, 80)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <PartyBar shares={sharesOf(parties, flaw)} />
      <table className="blocks partytable">
        <caption className="vh">Participants and where each stands, the most recent word first</caption>
        <thead>
          <tr>
            <th scope="col">Party</th>
            <th scope="col" className="w-report">
              Report
            </th>
            <th scope="col" className="w-consent">
              Embargo
            </th>
            <th scope="col" className="w-fix">
              Fix
            </th>
            <th scope="col" className="w-says">
              Says it is
            </th>
            <th scope="col" className="num w-last">
              Last word
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((party) => (
            <PartyRow key={party.id} party={party} flaw={flaw} now={now} />
          ))}
          {!filtered && silent.length > 0 ? <SilentRow silent={silent} now={now} onShow={() => setTyped('silent')} /> : null}
        </tbody>
      </table>
      <p className="xs i3 row wrap" aria-live="polite">
        <span>
          {filtered
            ? `${count(rows.length)} of ${count(parties.length)} fit`
            : `${count(shown.length)} of ${count(parties.length)} shown, most recent word first`}
          {silent.length > 0 && !filtered ? `; ${count(silent.length)} silent stand together` : ''}
          {hidden === 0 ? '' : `; ${count(hidden)} ${hidden === 1 ? 'does not show who it is' : 'do not show who they are'}`}
        </span>
        {rows.length > shown.length ? (
          <button type="button" className="btn small plain" onClick={() => setMost(limit + PAGE)}>
            Show {count(Math.min(PAGE, rows.length - shown.length))} more
          </button>
        ) : null}
        {filtered ? (
          <button type="button" className="btn small plain" onClick={() => setTyped('')}>
            Drop the filter
          </button>
        ) : null}
      </p>
    </section>
  )
}
