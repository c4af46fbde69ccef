import { useState } from 'react'
import type { ProjectAct, ProofOut } from '../../../contract/shapes/project.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'

interface StepsProps {
  readonly proof: ProofOut
  readonly busy: boolean
  readonly may: readonly string[]
  readonly send: (act: ProjectAct) => void
}

/** What to put where, then the check; what a person saw there can be pasted where nothing is fetched. */
export function ProofSteps({ proof, busy, may, send }: StepsProps) {
  const [seen, setSeen] = useState('')
  return (
    <ol className="proofsteps stack tight s">
      {proof.put ? (
        <li>
          Put this line into <Inert text={proof.put.where} breaks />:
          <p className="row wrap putline">
            <code className="break">{proof.put.value}</code> <CopyButton text={proof.put.value} label="Copy the line" />
          </p>
        </li>
      ) : null}
      {proof.put ? <li>Wait until it can be seen there; a DNS record takes up to a day.</li> : null}
      {may.includes('check-proof') && proof.kind !== 'vouched' ? (
        <li>
          Have it looked at.
          {/* What a registry says is asked of it; a paste proves nothing. */}
          {proof.kind === 'registry' ? null : (
            <Field
              label="What stands there"
              hint="Where this server does not fetch it by itself, two coordinators paste what they saw."
            >
              {(ids) => (
                <textarea
                  {...ids}
                  className="mono"
                  rows={2}
                  maxLength={2000}
                  value={seen}
                  onChange={(event) => setSeen(event.target.value)}
                />
              )}
            </Field>
          )}
          <p>
            <button
              type="button"
              className="btn small"
              disabled={busy}
              onClick={() => send({ do: 'check-proof', proof: proof.id, seen: seen.trim() === '' ? null : seen })}
            >
              Look now
            </button>
          </p>
        </li>
      ) : null}
      {may.includes('vouch') && proof.kind === 'vouched' ? (
        <li>
          <button type="button" className="btn small" disabled={busy} onClick={() => send({ do: 'vouch', proof: proof.id })}>
            I know them, and vouch
          </button>
        </li>
      ) : null}
    </ol>
  )
}
