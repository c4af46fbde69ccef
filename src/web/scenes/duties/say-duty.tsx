import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DutyAct, DutyOut } from '../../../contract/shapes/duty.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { EvidenceFields, evidenceOf, MarkSelect, NO_EVIDENCE, type WrittenEvidence } from './evidence-fields.tsx'
import { ACT_WORDS, actsOf, type Mark } from './words.ts'

interface Written {
  readonly act: DutyAct['do'] | ''
  readonly doneOn: string
  readonly text: string
  readonly stands: 'yes' | 'no' | ''
  readonly mark: Mark | ''
  readonly evidence: readonly WrittenEvidence[]
}

const BLANK: Written = { act: '', doneOn: '', text: '', stands: '', mark: '', evidence: [NO_EVIDENCE] }

/** Says something of a duty: a public one as its coordinator, or one's own. */
export function SayDuty({ duty }: { duty: DutyOut }) {
  const client = useQueryClient()
  const [said, setSaid] = useState(BLANK)
  const set = (part: Partial<Written>) => setSaid({ ...said, ...part })
  const send = useMutation({
    mutationFn: (act: DutyAct) => {
      const { id, key, version } = duty
      return key === null
        ? sendJson('POST', '/v1/duties/acts', { duty: id, version, act })
        : sendJson('POST', `/v1/own-duties/${encodeURIComponent(key)}/acts`, { version, act })
    },
    onSuccess: () => setSaid(BLANK),
    // Also where somebody else was first: what they said is shown, and what was written here stays.
    onSettled: () => client.invalidateQueries({ queryKey: [duty.key === null ? 'duties' : 'own-duties'] }),
  })
  const acts = actsOf(duty)
  const act = acts.find((one) => one === said.act)
  return (
    <details className="fold">
      <summary>Say something of it</summary>
      <form
        className="stack"
        aria-label={`Say something of ${duty.id}`}
        onSubmit={(event) => {
          event.preventDefault()
          if (act !== undefined) send.mutate(written(act, said))
        }}
      >
        <Field label="What">
          {(ids) => (
            <select
              {...ids}
              required
              value={act ?? ''}
              onChange={(event) => set({ act: event.target.value as Written['act'] })}
            >
              <option value="">Choose</option>
              {acts.map((one) => (
                <option key={one} value={one}>
                  {ACT_WORDS[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {act === undefined ? null : <ActFields act={act} said={said} set={set} />}
        {send.error ? <FailureNote error={send.error} not="Not entered." safe="What you wrote is still here." /> : null}
        <p className="row wrap">
          <button type="submit" className="btn small" disabled={send.isPending || act === undefined}>
            Enter it
          </button>
          <span className="xs i3">
            {duty.key === null
              ? 'Public at once, without your name. The ledger keeps it, also when it is taken back.'
              : 'Your organisation alone reads it.'}
          </span>
        </p>
      </form>
    </details>
  )
}

function ActFields({ act, said, set }: { act: DutyAct['do']; said: Written; set: (part: Partial<Written>) => void }) {
  const pieces = (needed: boolean) => (
    <EvidenceFields list={said.evidence} set={(evidence) => set({ evidence })} needed={needed} />
  )
  if (act === 'report-done')
    return (
      <>
        <Field label="Done on">
          {(ids) => (
            <input
              {...ids}
              type="date"
              required
              value={said.doneOn}
              onChange={(event) => set({ doneOn: event.target.value })}
            />
          )}
        </Field>
        {pieces(true)}
      </>
    )
  return (
    <>
      {act === 'answer-dispute' ? (
        <Field label="The report">
          {(ids) => (
            <select
              {...ids}
              required
              value={said.stands}
              onChange={(event) => set({ stands: event.target.value as Written['stands'] })}
            >
              <option value="">Choose</option>
              <option value="yes">stands</option>
              <option value="no">does not stand: the duty is open again</option>
            </select>
          )}
        </Field>
      ) : null}
      <Field label={act === 'note' ? 'Note' : 'Why'} hint="One line, in your own words">
        {(ids) => (
          <input {...ids} required maxLength={2000} value={said.text} onChange={(event) => set({ text: event.target.value })} />
        )}
      </Field>
      {act === 'note' ? (
        <Field label="How sure">
          {(ids) => <MarkSelect {...ids} mark={said.mark} set={(mark) => set({ mark })} required />}
        </Field>
      ) : null}
      {act === 'dispute' ? pieces(false) : null}
    </>
  )
}

function written(act: DutyAct['do'], { doneOn, text, stands, mark, evidence }: Written): DutyAct {
  const reason = text.trim()
  switch (act) {
    case 'report-done':
      return { do: act, doneOn, evidence: evidenceOf(evidence) }
    case 'dispute':
      return { do: act, reason, evidence: evidenceOf(evidence) }
    case 'take-back':
      return { do: act, reason }
    case 'answer-dispute':
      return { do: act, stands: stands === 'yes', reason }
    case 'note':
      return { do: act, text: reason, mark: mark === '' ? 'S' : mark }
  }
}
