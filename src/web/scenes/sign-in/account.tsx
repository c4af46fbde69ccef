import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { addPasskey, wasStopped } from './passkey.ts'
import { RecoveryCodes } from './recovery-codes.tsx'

/** What is one's own: who one is here, passkeys, recovery codes. */
export function Account() {
  usePageTitle('Passkeys and recovery')
  const { data: me } = useQuery(meQuery)
  const [name, setName] = useState('')
  const add = useMutation({ mutationFn: () => addPasskey(name.trim() || 'Passkey'), onSuccess: () => setName('') })
  if (me && !me.signedIn) return <Nowhere />
  return (
    <div className="stack wide measure">
      <div>
        <h1>Passkeys and recovery</h1>
        <p className="i2">
          {me?.person?.name}, {me?.organisation?.name ?? 'no organisation'}: {me?.roles.join(', ') || 'no role'}
        </p>
      </div>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <h2>Add a passkey</h2>
        <Field label="Its name" hint="What you will know it by, for example “blue security key”.">
          {(ids) => (
            <input {...ids} value={name} onChange={(event) => setName(event.target.value)} maxLength={100} autoComplete="off" />
          )}
        </Field>
        <p>
          <button type="submit" className="btn" disabled={add.isPending}>
            Add a passkey
          </button>
        </p>
        <p className="s" role="status">
          {add.isSuccess ? 'Added. It can be used from now on.' : ''}
        </p>
        {add.error ? (
          wasStopped(add.error) ? (
            <p className="note">Stopped. No passkey was added.</p>
          ) : (
            <FailureNote error={add.error} not="No passkey was added." />
          )
        ) : null}
      </form>
      <RecoveryCodes />
    </div>
  )
}
