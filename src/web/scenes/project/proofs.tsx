import type { ProjectOut, ProofOut } from '../../../contract/shapes/project.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { ProofSteps } from './proof-steps.tsx'
import { useProjectAct } from './use-project-act.ts'
import { PROOF, PROOF_KINDS } from './words.ts'

/** Who the maintainer is, is proved: by any one of five ways, each with its steps. */
export function Proofs({ project }: { project: ProjectOut }) {
  const act = useProjectAct(project)
  const may = project.may.includes('ask-proof')
  const open = project.proofs.filter(({ state }) => state !== 'expired')
  const left = PROOF_KINDS.filter((kind) => !open.some((proof) => proof.kind === kind))
  return (
    <section className="panel stack">
      <h2>That it is really the maintainer</h2>
      <p className="s i2">
        {project.proved
          ? 'The contact is proved. Secret content may go to it.'
          : 'The contact is not proved. Nothing secret goes to it before one of these ways is done.'}
      </p>
      {open.map((proof) => (
        <OneProof key={proof.id} project={project} proof={proof} act={act} />
      ))}
      {may && left.length > 0 ? (
        <details className="fold" open={!project.proved}>
          <summary>{open.length === 0 ? 'Prove it by one of these' : 'Prove it in another way'}</summary>
          {left.map((kind) => (
            <div key={kind} className="stack tight proofway">
              <p>
                <button
                  type="button"
                  className="btn small"
                  disabled={act.isPending}
                  onClick={() => act.mutate({ do: 'ask-proof', kind })}
                >
                  {PROOF[kind].name}
                </button>
              </p>
              <p className="xs i3">{PROOF[kind].says}</p>
            </div>
          ))}
        </details>
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not done." /> : null}
    </section>
  )
}

type Acting = ReturnType<typeof useProjectAct>

function OneProof({ project, proof, act }: { project: ProjectOut; proof: ProofOut; act: Acting }) {
  const ends = fullInstant(Date.parse(proof.expiresAt))
  return (
    <div className="subpanel stack tight">
      <h3>{PROOF[proof.kind].name}</h3>
      {proof.state === 'proved' ? (
        <p className="s">Proved; asked for again after {ends}.</p>
      ) : (
        <>
          {proof.kind === 'vouched' ? (
            <p className="s">
              {proof.vouchedBy} of 2 coordinators vouched.{' '}
              {project.may.includes('vouch') ? 'You vouch with your name; it is kept.' : ''}
            </p>
          ) : proof.vouchedBy > 0 ? (
            <p className="s">{proof.vouchedBy} of 2 coordinators saw it there.</p>
          ) : null}
          <ProofSteps proof={proof} busy={act.isPending} may={project.may} send={act.mutate} />
          <p className="xs i3">Worth showing until {ends}.</p>
        </>
      )}
    </div>
  )
}
