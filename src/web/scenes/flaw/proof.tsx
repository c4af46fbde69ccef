import { useQuery } from '@tanstack/react-query'
import type { FlawProof } from '../../../contract/shapes/validation.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { AskRuns } from '../proof/ask-runs.tsx'
import { ProofMatrix } from '../proof/matrix.tsx'
import { Patches } from '../proof/patches.tsx'
import { flawProofQuery } from '../proof/queries.ts'
import { Reproducers } from '../proof/reproducers.tsx'
import { ValidationLine } from '../proof/validation-line.tsx'

/** What was run for this flaw: the matrix first, then each reproducer and each patch. */
export function ProofPart({ flaw }: { flaw: string }) {
  const { data: proof, error } = useQuery(flawProofQuery(flaw))
  return (
    <section>
      <div className="sh">
        <h2>Proof</h2>
        {proof ? <span className="s i3">{caption(proof)}</span> : null}
      </div>
      {error && !proof ? <FailureNote error={error} not="The proof is not shown." /> : null}
      {proof ? <Shown proof={proof} /> : null}
    </section>
  )
}

function Shown({ proof }: { proof: FlawProof }) {
  const reproducers = proof.evidence.filter(({ kind }) => kind === 'reproducer').length
  if (proof.reproducers.length === 0 && proof.patches.length === 0)
    return (
      <p className="s i2">
        {reproducers === 0
          ? 'No finding came with a reproducer, so nothing can be run.'
          : `${reproducers} ${reproducers === 1 ? 'reproducer' : 'reproducers'} came with the findings; none was run yet.`}
      </p>
    )
  return (
    <div className="stack">
      <ProofMatrix proof={proof} />
      {proof.reproducers.length > 0 ? (
        <div>
          <h3>Reproducers</h3>
          <Reproducers reproducers={proof.reproducers} />
        </div>
      ) : null}
      {proof.patches.length > 0 ? (
        <div>
          <h3>Patches</h3>
          <Patches patches={proof.patches} />
        </div>
      ) : null}
      {proof.relations.length > 0 ? (
        <div>
          <h3>What the matrix says</h3>
          <ul className="s dots">
            {proof.relations.map((one) => (
              <li key={`${one.a} ${one.b}`}>
                <Inert text={one.say} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

/** At the side: asking for runs, and what was asked before. */
export function ProofAside({ flaw }: { flaw: string }) {
  const { data: proof } = useQuery(flawProofQuery(flaw))
  if (!proof) return null
  const has = (kind: string) => proof.evidence.some((one) => one.kind === kind)
  if (!has('reproducer') && proof.validations.length === 0) return null
  const possible = [
    ...(has('reproducer') ? (['reproduce', 'minimise', 'range'] as const) : []),
    ...(has('reproducer') && has('patch') ? (['patch', 'matrix'] as const) : []),
  ]
  return (
    <div className="subpanel stack tight">
      <h3>Run the evidence</h3>
      {proof.sandbox.ready ? null : (
        <p className="note s">
          <Inert text={proof.sandbox.say} />
          {proof.sandbox.mend ? (
            <>
              {' '}
              <Inert className="mono" text={proof.sandbox.mend} />
            </>
          ) : null}
        </p>
      )}
      {possible.length > 0 ? (
        <AskRuns of={{ flaw }} targets={proof.targets} possible={possible} again={proof.validations.length > 0} />
      ) : null}
      {proof.validations.length > 0 ? (
        <ul className="plain stack" aria-live="polite">
          {proof.validations.slice(0, 5).map((row) => (
            <ValidationLine key={row.id} row={row} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function caption(proof: FlawProof): string {
  const runs = Math.max(0, ...proof.reproducers.map(({ of }) => of))
  const tier = proof.validations.find(({ tier }) => tier !== null)?.tier
  return [runs > 0 ? `a first cell is ${runs} runs` : null, tier ? `isolation: ${tier}` : null]
    .filter((part) => part !== null)
    .join(', ')
}
