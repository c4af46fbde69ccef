import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActWebhook, AddWebhook, WebhookList, WebhookOut } from '../../../contract/shapes/project.ts'
import { getJson, sendJson } from '../../api/request.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Field } from '../../parts/form/field.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { OnceShown } from '../../parts/once-shown.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { WebhookTable } from './webhook-table.tsx'

const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => getJson<WebhookList>('/v1/webhooks', signal),
})

/** Where programs of one's organisation are told of every transition. */
export function Webhooks() {
  usePageTitle('Webhooks')
  const client = useQueryClient()
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const query = useQuery(webhooksQuery)
  const readAgain = () => client.invalidateQueries({ queryKey: ['webhooks'] })
  // The newest secret stands there; an act that makes none leaves it.
  const show = (made: WebhookOut) => setSecret((now) => made.secret ?? now)
  const add = useMutation({
    mutationFn: () => sendJson<WebhookOut>('POST', '/v1/webhooks', { url: url.trim() } satisfies AddWebhook),
    onSuccess: async (made) => {
      show(made)
      setUrl('')
      await readAgain()
    },
  })
  const act = useMutation({
    mutationFn: ({ id, act: what }: { id: string; act: ActWebhook['do'] }) =>
      sendJson<WebhookOut>('POST', `/v1/webhooks/${encodeURIComponent(id)}/acts`, { do: what } satisfies ActWebhook),
    onSuccess: show,
    onSettled: readAgain,
  })
  if (query.error && !query.data) return <NotShown error={query.error} not="The webhooks are not shown." />
  return (
    <div className="stack wide">
      <div>
        <h1>Webhooks</h1>
        <p className="i2">
          Each transition is told as a type, an instant and ids, signed; what they stand for is asked of the API, which knows
          who asks.
        </p>
      </div>
      {secret ? (
        <OnceShown
          what="The secret"
          secret={secret}
          says="Your program checks the signature with it. While it changes, both the old and the new one sign."
        />
      ) : null}
      {!query.data ? (
        <Waiting rows={3} what="webhooks" />
      ) : query.data.rows.length === 0 ? (
        <Empty fact="No program is told anything yet." />
      ) : (
        <WebhookTable rows={query.data.rows} busy={act.isPending} act={(id, what) => act.mutate({ id, act: what })} />
      )}
      {act.error ? <FailureNote error={act.error} not="Not done." /> : null}
      <form
        className="stack measure"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <h2>Add one</h2>
        <Field label="Address" hint="https, of a host outside this network. No redirect is followed.">
          {(ids) => (
            <input
              {...ids}
              className="mono"
              type="url"
              required
              maxLength={2000}
              value={url}
              autoComplete="off"
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        {add.error ? <FailureNote error={add.error} not="Not added." safe="The address is still here." /> : null}
        <p>
          <button type="submit" className="btn" disabled={add.isPending || url.trim() === ''}>
            Add it, and show its secret once
          </button>
        </p>
      </form>
    </div>
  )
}
