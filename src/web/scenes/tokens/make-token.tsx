import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MadeToken } from '../../../contract/shapes/account.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { OnceShown } from '../../parts/once-shown.tsx'

const SCOPES = [
  ['report:send', 'send reports'],
  ['finding:read', 'read the status of what was sent'],
  ['flaw:read', 'read flaws'],
  ['flaw:decide', 'merge, split, judge'],
  ['validation:ask', 'add evidence, have it run'],
  ['job:lease', 'be a runner, and nothing else (an administrator makes it)'],
  ['ledger:read', 'read who did what'],
  ['people:manage', 'keep people'],
  ['token:manage', 'make tokens'],
] as const

/** A new token. It never may more than its maker. */
export function MakeToken() {
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const [scopes, setScopes] = useState<string[]>([])
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: () => sendJson<MadeToken>('POST', '/v1/tokens', { name: name.trim(), scopes, days: Number(days) }),
    onSuccess: async () => {
      setName('')
      setScopes([])
      await client.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      <h2>Make a token</h2>
      {make.data?.secret ? (
        <OnceShown
          what="The token"
          secret={make.data.secret}
          says="Weir keeps only its digest. Put it where your machine keeps secrets, not into a file of the repository."
        />
      ) : null}
      <div className="grid2">
        <Field label="Name" hint="What you will know it by when it must be ended.">
          {(ids) => (
            <input
              {...ids}
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={100}
              required
              autoComplete="off"
            />
          )}
        </Field>
        <Field label="Ends after">
          {(ids) => (
            <select {...ids} value={days} onChange={(event) => setDays(event.target.value)}>
              {['7', '30', '90', '365'].map((one) => (
                <option key={one} value={one}>
                  {one} days
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <fieldset className="stack tight">
        <legend>May</legend>
        <div className="grid2 tightgrid">
          {SCOPES.map(([scope, says]) => (
            <label key={scope} className="choice">
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={() => setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope])}
              />
              <span>
                <code>{scope}</code> <span className="xs i3">{says}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {make.error ? <FailureNote error={make.error} not="No token was made." /> : null}
      <p>
        <button type="submit" className="btn" disabled={make.isPending || scopes.length === 0}>
          Make the token
        </button>
      </p>
    </form>
  )
}
