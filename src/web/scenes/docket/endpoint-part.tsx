import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocketView, PutEndpoint } from '../../../contract/shapes/docket.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { custodyQuery } from './queries.ts'
import { sealKey } from './seal-key.ts'
import { useAct } from './use-act.ts'

const APIS = [
  ['openai-chat', 'OpenAI chat completions'],
  ['openai-responses', 'OpenAI responses'],
  ['anthropic-messages', 'Anthropic messages'],
] as const

/** The model's endpoint; its key is sealed in this page, to the custodian alone. */
export function EndpointPart({ docket }: { docket: DocketView }) {
  const { endpoint } = docket
  const act = useAct(docket)
  const mayPut = docket.may.includes('put-endpoint')
  return (
    <div className="stack wide">
      {endpoint ? (
        <section className="stack tight">
          <h2>Endpoint</h2>
          <dl className="kv">
            <dt>Model</dt>
            <dd>{endpoint.model === null ? <span className="i3">not shown to you</span> : <Inert text={endpoint.model} />}</dd>
            <dt>Address</dt>
            <dd>
              {endpoint.base === null ? (
                <span className="i3">not shown to you</span>
              ) : (
                <Inert className="mono" text={endpoint.base} />
              )}
            </dd>
            <dt>Registered</dt>
            <dd>
              <When at={endpoint.registeredAt} full />
            </dd>
            <dt>Fingerprint at opening</dt>
            <dd className="mono break">{endpoint.baseline ?? 'not taken yet'}</dd>
            <dt>Tried</dt>
            <dd>{endpoint.dryRun ? 'yes, with a dummy call' : 'not yet'}</dd>
            <dt>The key lies with</dt>
            <dd>
              {endpoint.isolation === 'own-user'
                ? 'the custodian’s process, under a user of its own'
                : 'the custodian’s process only: this server was not started as root, so the process has no user of its own'}
            </dd>
          </dl>
          {docket.may.includes('probe') ? (
            <p className="row wrap">
              <button type="button" className="btn" disabled={act.isPending} onClick={() => act.mutate({ do: 'probe' })}>
                Compare the fingerprint now
              </button>
              <span className="s i2">A few fixed prompts; it tells whether the build is still the same.</span>
            </p>
          ) : null}
          {act.error ? <FailureNote error={act.error} not="Not compared." /> : null}
        </section>
      ) : (
        <p className="i2">No endpoint is registered yet.</p>
      )}
      {mayPut ? <PutForm docket={docket} /> : null}
    </div>
  )
}

function PutForm({ docket }: { docket: DocketView }) {
  const custody = useQuery(custodyQuery(docket.id))
  const client = useQueryClient()
  const [api, setApi] = useState<PutEndpoint['api']>('openai-chat')
  const [base, setBase] = useState('')
  const [model, setModel] = useState('')
  const [key, setKey] = useState('')
  const put = useMutation({
    mutationFn: async () => {
      const sealed = await sealKey(custody.data?.recipient ?? '', key)
      const body: PutEndpoint = { api, base: base.trim(), model: model.trim(), spki: null, sealed }
      return await sendJson('PUT', `/v1/dockets/${encodeURIComponent(docket.id)}/endpoint`, body)
    },
    onSuccess: async () => {
      setKey('')
      await client.invalidateQueries({ queryKey: ['docket', docket.id] })
    },
  })
  if (custody.error)
    return <FailureNote error={custody.error} not="The custodian’s key is not known, so nothing can be sealed." />
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        put.mutate()
      }}
    >
      <h2>{docket.endpoint ? 'Give another key or endpoint' : 'Register the endpoint'}</h2>
      <RadioChoice legend="It speaks" name="api" value={api} options={APIS} onChange={setApi} />
      <Field label="Address" hint="https, below which the paths of that API lie">
        {(ids) => (
          <input {...ids} type="url" required maxLength={500} value={base} onChange={(event) => setBase(event.target.value)} />
        )}
      </Field>
      <Field label="Model, as the endpoint names it">
        {(ids) => <input {...ids} required maxLength={200} value={model} onChange={(event) => setModel(event.target.value)} />}
      </Field>
      <Field label="Key" hint="Sealed in this page, to the custodian. The server never sees it, and nobody can read it back.">
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="off"
            required
            maxLength={4000}
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </Field>
      {custody.data ? (
        <p className="xs i3">
          Sealed to <code className="break">{custody.data.recipient}</code>
        </p>
      ) : null}
      {put.error ? <FailureNote error={put.error} not="Not registered." safe="The key is still only in this page." /> : null}
      <p>
        <button type="submit" className="btn" disabled={put.isPending || !custody.data}>
          Seal the key and register
        </button>
      </p>
    </form>
  )
}
