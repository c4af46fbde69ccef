import { useState } from 'react'
import type { ProjectOut } from '../../../contract/shapes/project.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useProjectAct } from './use-project-act.ts'
import { STEWARD } from './words.ts'

const SAYS: Readonly<Record<ProjectOut['steward'], string>> = {
  unassigned: 'Nobody looks after it in its maintainer’s place.',
  assessing: 'A steward finds out whether anybody maintains it.',
  active: 'A steward looks after it while nobody maintains it.',
  escalated: 'A deadline passed; a coordinator decides what happens next.',
}

type To = ProjectOut['steward'] | 'ended'
const TO: readonly To[] = ['unassigned', 'assessing', 'active', 'escalated', 'ended']

const ENDS = {
  'maintainer-back': 'the maintainer is back',
  'maintainer-declined': 'the maintainer does not want it',
  'not-needed': 'it is not needed',
  'out-of-use': 'nobody uses it any more',
} as const

/** Who looks after a package that nobody maintains; a change needs its reason. */
export function StewardPart({ project }: { project: ProjectOut }) {
  const [to, setTo] = useState<To | ''>('')
  const [reason, setReason] = useState('')
  const [since, setSince] = useState('')
  const [end, setEnd] = useState<keyof typeof ENDS>('maintainer-back')
  const act = useProjectAct(project, () => {
    setTo('')
    setReason('')
  })
  return (
    <section className="panel stack tight">
      <h2>Looked after</h2>
      <p>
        <b>{STEWARD[project.steward]}</b>. <span className="s i2">{SAYS[project.steward]}</span>
      </p>
      {project.may.includes('steward') ? (
        <form
          className="stack tight"
          onSubmit={(event) => {
            event.preventDefault()
            if (to === '') return
            const firstLetterAt = since === '' ? null : `${since}T00:00:00.000Z`
            act.mutate({ do: 'steward', to, why: reason.trim(), firstLetterAt, end: to === 'ended' ? end : null })
          }}
        >
          <Field label="Change it to">
            {(ids) => (
              <select {...ids} value={to} onChange={(event) => setTo(event.target.value as typeof to)}>
                <option value="">Choose</option>
                {TO.filter((one) => one !== project.steward).map((one) => (
                  <option key={one} value={one}>
                    {one === 'ended' ? 'no longer by a steward' : STEWARD[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {to === 'ended' ? (
            <Field label="Because">
              {(ids) => (
                <select {...ids} value={end} onChange={(event) => setEnd(event.target.value as typeof end)}>
                  {Object.entries(ENDS).map(([one, word]) => (
                    <option key={one} value={one}>
                      {word}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ) : to === '' ? null : (
            <Field label="No answer since" hint="The day of the first letter; empty where the maintainer said so">
              {(ids) => <input {...ids} type="date" value={since} onChange={(event) => setSince(event.target.value)} />}
            </Field>
          )}
          {to === '' ? null : (
            <Field label="Why" hint="Kept with the change; the counts are public, the reason is not.">
              {(ids) => (
                <input {...ids} value={reason} maxLength={500} required onChange={(event) => setReason(event.target.value)} />
              )}
            </Field>
          )}
          {act.error ? <FailureNote error={act.error} not="Not changed." /> : null}
          {to === '' ? null : (
            <p>
              <button type="submit" className="btn small" disabled={act.isPending}>
                Change it
              </button>
            </p>
          )}
        </form>
      ) : null}
    </section>
  )
}
