import { useMutation } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useEnter } from './enter.ts'
import { signInWithPasskey, wasStopped } from './passkey.ts'

/** The next safe step on this page, therefore its one primary button. */
export function PasskeySignIn() {
  const enter = useEnter()
  const go = useMutation({ mutationFn: signInWithPasskey, onSuccess: enter })
  return (
    <section className="stack tight">
      <h2>With a passkey</h2>
      <p className="s i2">Your device or security key proves who you are. Nothing is typed, nothing can be phished.</p>
      <p>
        <Button className="btn primary" isDisabled={go.isPending} onPress={() => go.mutate()}>
          Sign in with a passkey
        </Button>
      </p>
      {go.error ? (
        wasStopped(go.error) ? (
          <p className="note">Stopped. You are not signed in.</p>
        ) : (
          <FailureNote error={go.error} not="Not signed in." />
        )
      ) : null}
    </section>
  )
}
