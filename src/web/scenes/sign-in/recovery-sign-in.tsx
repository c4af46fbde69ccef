import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useEnter } from './enter.ts'

/** The way in when the passkey is lost. A code works once. */
export function RecoverySignIn() {
  const enter = useEnter()
  const [code, setCode] = useState('')
  const go = useMutation({ mutationFn: () => sendJson('POST', '/v1/recovery', { code: code.trim() }), onSuccess: enter })
  return (
    <details className="fold">
      <summary>Passkey lost? Use a recovery code</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          go.mutate()
        }}
      >
        <Field label="Recovery code" hint="Works once. Add a new passkey right after.">
          {(ids) => (
            <input
              {...ids}
              className="mono"
              value={code}
              onChange={(event) => setCode(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              maxLength={100}
              required
            />
          )}
        </Field>
        <p>
          <button className="btn" type="submit" disabled={go.isPending}>
            Sign in with the code
          </button>
        </p>
        {go.error ? <FailureNote error={go.error} not="Not signed in." /> : null}
      </form>
    </details>
  )
}
