import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { OpenDocket as Asked, DocketView } from '../../../contract/shapes/docket.ts'
import { sendJson } from '../../api/request.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { ZonedInstant } from '../../parts/time/zoned-instant.tsx'
import { agreementsQuery, officesQuery } from './queries.ts'
import { KIND } from './words.ts'

const SAYS = {
  notice: 'You say that a release is coming. Nobody gets access, and nothing is asked of you.',
  access:
    'You may give access to the model for up to 30 days before other trusted partners get it, under terms that both sides sign.',
  deployment: 'Use inside government. Known from drafts and agreements, not from the signed order.',
} as const

/** A developer asks an office about a model, or gives notice of one. */
export function OpenDocket() {
  usePageTitle('Ask about a model')
  const offices = useQuery(officesQuery)
  const go = useNavigate()
  const [kind, setKind] = useState<Asked['kind']>('access')
  const [office, setOffice] = useState('')
  const agreements = useQuery(agreementsQuery)
  const [agreement, setAgreement] = useState('')
  const [model, setModel] = useState('')
  const [question, setQuestion] = useState('')
  const [planned, setPlanned] = useState<Asked['planned']>(null)
  const name = offices.data?.find(({ id }) => id === office)?.name
  const under = agreements.data?.rows.filter((one) => one.state === 'standing' && one.office === name) ?? []
  const open = useMutation({
    mutationFn: () =>
      sendJson<DocketView>('POST', '/v1/dockets', {
        kind,
        office,
        model,
        question,
        planned,
        agreement: under.some(({ id }) => id === agreement) ? agreement : null,
      } satisfies Asked),
    onSuccess: async ({ id }) => await go({ to: '/dockets/$id', params: { id } }),
  })
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        open.mutate()
      }}
    >
      <div>
        <h1>Ask about a model</h1>
        <p className="i2">
          You may withdraw at any moment and need not say why. No answer binds you, and no release waits for one.
        </p>
      </div>
      <RadioChoice
        legend="What is it about"
        name="kind"
        value={kind}
        options={(['notice', 'access', 'deployment'] as const).map((one) => [one, KIND[one]] as const)}
        onChange={setKind}
      />
      <p className="s i2">{SAYS[kind]}</p>
      <Field label="Office">
        {(ids) => (
          <select {...ids} required value={office} onChange={(event) => setOffice(event.target.value)}>
            <option value="">Choose</option>
            {offices.data?.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {under.length > 0 ? (
        <Field label="Under a standing agreement" hint="The docket then begins with its terms, signed already.">
          {(ids) => (
            <select {...ids} value={agreement} onChange={(event) => setAgreement(event.target.value)}>
              <option value="">None: this docket has terms of its own</option>
              {under.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.facts.days} days, SHA-256 {one.digest.slice(0, 12)}…
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Field label="Model" hint="A working name will do, also of a model still in development. Sealed to this docket.">
        {(ids) => <input {...ids} required maxLength={200} value={model} onChange={(event) => setModel(event.target.value)} />}
      </Field>
      <Field label="What you ask or announce" hint="No weights, prompts or unreleased facts are needed yet.">
        {(ids) => (
          <textarea
            {...ids}
            rows={5}
            maxLength={20_000}
            value={question}
            onChange={(event) => setQuestion(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="stack tight">
        <legend>Planned release to other trusted partners, if it is known</legend>
        <ZonedInstant zone={null} required={false} onChange={setPlanned} />
      </fieldset>
      {open.error ? <FailureNote error={open.error} not="Not opened." safe="Your text is still here." /> : null}
      <p>
        <button type="submit" className="btn primary" disabled={open.isPending}>
          Open the docket
        </button>
      </p>
    </form>
  )
}
