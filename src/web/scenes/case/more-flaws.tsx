import type { CaseView } from '../../../contract/shapes/case.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { useCaseAct } from './use-case-act.ts'
import { may } from './words.ts'

/** More flaws offered to a party that reads some already: nothing of them is shown before it accepts. */
export function MoreFlaws({ of }: { of: CaseView }) {
  const act = useCaseAct(of)
  const asked = of.invitation
  if (asked === null || !may(of, 'accept')) return null
  return (
    <section className="note soon stack tight" aria-label="An offer of more flaws">
      <p>
        <b>More flaws of this case are offered to you.</b> The terms above hold for them too; what they are about is shown once
        you accept.
        {asked.respondBy ? (
          <>
            {' '}
            Answer by <When at={asked.respondBy} full />.
          </>
        ) : null}
      </p>
      <p className="row wrap">
        <button
          type="button"
          className="btn small"
          disabled={act.isPending}
          onClick={() => act.mutate({ do: 'accept', party: asked.party, version: asked.version })}
        >
          Accept them
        </button>
        <button
          type="button"
          className="btn small"
          disabled={act.isPending}
          onClick={() => act.mutate({ do: 'decline', party: asked.party })}
        >
          Decline
        </button>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not answered." /> : null}
    </section>
  )
}
