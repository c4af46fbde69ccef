import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { CaseView, LetterOut } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Cap } from '../../parts/keys/cap.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { lettersQuery } from './queries.ts'
import { LETTER, templateWords } from './words.ts'

const WAITS: readonly LetterOut['state'][] = ['draft', 'queued', 'sending', 'unsure', 'bounced', 'refused']

/** Letters that wait for a person or for their time, each with what is missing and when it may go. */
export function LettersAside({ of: { row } }: { of: CaseView }) {
  const { data, error } = useQuery(lettersQuery(row.id))
  const navigate = useNavigate()
  const waiting = (data?.rows ?? []).filter(({ state }) => WAITS.includes(state))
  const first = waiting.find(({ state }) => state === 'draft') ?? waiting[0]
  useKeys([
    {
      keys: 'l',
      say: 'Letters: read the first draft',
      run: () =>
        void navigate({
          to: '/cases/$id/$part',
          params: { id: row.id, part: 'letters' },
          ...(first ? { hash: first.id } : {}),
        }),
    },
  ])
  return (
    <aside className="letters stack tight" aria-labelledby="letters-head">
      <div className="row between">
        <h2 id="letters-head">Letters</h2>
        <Cap>L</Cap>
      </div>
      <p className="s i2">Weir writes drafts. A person sends them.</p>
      {error && !data ? <FailureNote error={error} not="The letters are not shown." /> : null}
      {!data && !error ? <Waiting rows={3} what="letters" /> : null}
      {data && waiting.length === 0 ? <p className="s">No letter waits.</p> : null}
      <ul>
        {waiting.slice(0, 8).map((letter) => (
          <LetterLine key={letter.id} id={row.id} letter={letter} />
        ))}
      </ul>
      {waiting.length > 8 ? <p className="xs i3">{count(waiting.length - 8)} more wait.</p> : null}
      <Link className="s" to="/cases/$id/$part" params={{ id: row.id, part: 'letters' }}>
        All letters
      </Link>
    </aside>
  )
}

export function LetterLine({ id, letter, here = false }: { id: string; letter: LetterOut; here?: boolean }) {
  const { state, missing, mayGoAt, waits } = letter
  const held = missing.length > 0
  return (
    <li className={`letterline ${here ? 'here' : ''}`}>
      <Link
        to="/cases/$id/$part"
        params={{ id, part: 'letters' }}
        hash={letter.id}
        className="quiet"
        {...(here ? { 'aria-current': true as const } : {})}
      >
        <b>
          {templateWords(letter.template)}, to <Inert text={letter.to} />
        </b>
        <span className="second xs i3">
          <span className={`lettermark ${state === 'unsure' || state === 'bounced' ? 'soon' : held ? 'assumed' : ''}`}>
            {state === 'draft' && held ? 'Not complete' : LETTER[state]}
          </span>
          {letter.sentAt ? (
            <>
              went <When at={letter.sentAt} />
            </>
          ) : held ? (
            <Inert text={missing[0]!.says} />
          ) : waits ? (
            <Inert text={waits} />
          ) : mayGoAt ? (
            'May go now'
          ) : (
            <Inert text={letter.says} />
          )}
          {held && missing.length > 1 ? ` + ${missing.length - 1} more` : ''}
        </span>
      </Link>
    </li>
  )
}
