import { useMutation, useQuery } from '@tanstack/react-query'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { addPasskey, wasStopped } from './passkey.ts'
import { RecoveryCodes } from './recovery-codes.tsx'

/** What is one's own: who one is here, passkeys, recovery codes. */
export function Account() {
  usePageTitle('Passkeys and recovery')
  const { data: me } = useQuery(meQuery)
  const add = useMutation({ mutationFn: addPasskey })
  if (me && !me.signedIn) return <Nowhere />
  return (
    <div className="stack wide measure">
      <div>
        <h1>Passkeys and recovery</h1>
        <p className="i2">
          {me?.person?.name}, {me?.organisation?.name ?? 'no organisation'}: {me?.roles.join(', ') || 'no role'}
        </p>
      </div>
      <section className="stack">
        <h2>Add a passkey</h2>
        <p className="s i2">A second device or a security key, so that the loss of one does not lock you out.</p>
        <p>
          <button type="button" className="btn" disabled={add.isPending} onClick={() => add.mutate()}>
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
      </section>
      <RecoveryCodes />
    </div>
  )
}
