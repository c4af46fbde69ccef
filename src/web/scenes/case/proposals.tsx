import type { CaseView } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { useCaseAct } from './use-case-act.ts'
import { may } from './words.ts'

/** Proposals that wait for answers, each with its two answers of equal weight where the asker has one to give. */
export function Proposals({ of }: { of: CaseView }) {
  const act = useCaseAct(of)
  const { open, terms } = of.embargo
  const party = of.you[0]
  if (open.length === 0) return null
  return (
    <div className="stack">
      <h3>{open.length === 1 ? 'A proposal is open' : `${open.length} proposals are open`}</h3>
      {open.map((one) => (
        <div key={one.number} className="note soon stack tight">
          <p>
            <b>{one.endsAt ? fullInstant(Date.parse(one.endsAt)) : 'Open-ended'}</b>, by <Inert text={one.by} />,{' '}
            <When at={one.at} />
          </p>
          <ul className="s dots i2">
            {one.why.map((line) => (
              <li key={line}>
                <Inert text={line} />
              </li>
            ))}
          </ul>
          <p className="s i2">
            {one.accepted} accepted, {one.declined} declined; answers by <When at={one.respondBy} full />.
            {one.yours ? ` You ${one.yours === 'accept' ? 'accepted' : 'declined'} it.` : ''}
          </p>
          {may(of, 'answer') && party !== undefined && one.yours === null ? (
            <div className="row wrap">
              {(['accept', 'decline'] as const).map((answer) => (
                <button
                  key={answer}
                  type="button"
                  className="btn small"
                  disabled={act.isPending}
                  onClick={() => act.mutate({ do: 'answer', party, number: one.number, answer })}
                >
                  {answer === 'accept' ? 'Accept it' : 'Decline it'}
                </button>
              ))}
              <span className="xs i2">
                {terms ? 'Until all have answered, the old terms hold.' : 'Declined by all, there is no embargo.'}
              </span>
            </div>
          ) : null}
        </div>
      ))}
      {act.error ? <FailureNote error={act.error} not="Not answered." /> : null}
    </div>
  )
}
