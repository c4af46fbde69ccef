import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Me } from '../../../contract/shapes/account.ts'
import { meQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { addPasskey, wasStopped } from './passkey.ts'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Takes up an invite. The secret stands after `#`, so it never reaches a log, and is taken out of the address at once. */
function takeSecret(): string {
  const secret = location.hash.slice(1)
  if (secret !== '') history.replaceState(history.state, '', location.pathname)
  return secret
}

export function Join() {
  usePageTitle('Take up an invite')
  const [secret, setSecret] = useState(takeSecret)
  const [name, setName] = useState('')
  const [step, setStep] = useState<'name' | 'passkey' | 'codes'>('name')
  const { data: me } = useQuery(meQuery)
  const client = useQueryClient()
  const accept = useMutation({
    mutationFn: () => sendJson<Me | null>('POST', '/v1/invites/accept', { secret: secret.trim(), name: name.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries(meQuery)
      setStep('passkey')
    },
  })
  const add = useMutation({ mutationFn: addPasskey, onSuccess: () => setStep('codes') })
  if (step === 'codes') return <RecoveryCodes first />
  if (step === 'passkey') {
    return (
      <div className="stack measure">
        <h1>You belong to {me?.organisation?.name ?? 'your organisation'}</h1>
        <p>Add a passkey now: it is how you sign in from here on. Without one, this browser’s session is the only way in.</p>
        <p>
          <button type="button" className="btn primary" disabled={add.isPending} onClick={() => add.mutate()}>
            Add a passkey
          </button>
        </p>
        {add.error ? (
          wasStopped(add.error) ? (
            <p className="note">Stopped. No passkey was added.</p>
          ) : (
            <FailureNote error={add.error} not="No passkey was added." />
          )
        ) : null}
        {add.error ? <Link to="/">Go on without one</Link> : null}
      </div>
    )
  }
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        accept.mutate()
      }}
    >
      <h1>Take up an invite to {me?.instance.name ?? 'this instance'}</h1>
      <p className="i2">Say how others shall see you. Then you add a passkey. The invite works once.</p>
      {secret === '' || accept.error ? (
        <Field label="Secret of the invite" hint="What stands after # in the link you were given.">
          {(ids) => (
            <input
              {...ids}
              className="mono"
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              required
              maxLength={200}
            />
          )}
        </Field>
      ) : null}
      <Field label="Your name">
        {(ids) => (
          <input
            {...ids}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="name"
            required
            maxLength={100}
          />
        )}
      </Field>
      <p>
        <button className="btn primary" type="submit" disabled={accept.isPending}>
          Take up the invite
        </button>
      </p>
      {accept.error ? (
        <FailureNote
          error={accept.error}
          not="The invite was not taken up."
          safe="It may be used up or past its date; its sender can make a new one."
        />
      ) : null}
    </form>
  )
}
