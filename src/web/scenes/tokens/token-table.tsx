import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TokenRow } from '../../../contract/shapes/account.ts'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'

/** Tokens with what they may do, how long, and when they were last used. */
export function TokenTable({ tokens }: { tokens: readonly TokenRow[] }) {
  const [asking, setAsking] = useState<string | null>(null)
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: (id: string) => sendJson('DELETE', `/v1/tokens/${encodeURIComponent(id)}`),
    onSuccess: async () => {
      setAsking(null)
      await client.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
  return (
    <>
      <table className="blocks">
        <caption className="vh">Tokens</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">May</th>
            <th scope="col">Ends</th>
            <th scope="col">Last used</th>
            <th scope="col" className="c-act2">
              <span className="vh">End</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id}>
              <td>
                <div className="b">{token.name}</div>
                <span className="xs i3">{token.organisation}</span>
              </td>
              <td className="mono">{token.scopes.join(' ')}</td>
              <td data-label="Ends">{token.revoked ? 'Ended' : <When at={token.expiresAt} />}</td>
              <td data-label="Last used">
                {token.lastUsed ? <When at={token.lastUsed} /> : <span className="i3">never</span>}
              </td>
              <td>
                {token.revoked ? null : asking === token.id ? (
                  <span className="stack tight">
                    <span className="xs">Whatever uses it stops at once. Not to be undone.</span>
                    <button type="button" className="btn small" disabled={end.isPending} onClick={() => end.mutate(token.id)}>
                      End {token.name}
                    </button>
                    <button type="button" className="btn small plain" onClick={() => setAsking(null)}>
                      Keep it
                    </button>
                  </span>
                ) : (
                  <button
                    type="button"
                    className="btn small"
                    onClick={() => setAsking(token.id)}
                    aria-label={`End token ${token.name}`}
                  >
                    End
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {end.error ? <FailureNote error={end.error} not="Not ended." safe="The token still works." /> : null}
    </>
  )
}
