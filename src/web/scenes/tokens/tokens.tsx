import { useQuery } from '@tanstack/react-query'
import { tokensQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { MakeToken } from './make-token.tsx'
import { TokenTable } from './token-table.tsx'

/** Tokens for machines: narrow, dated, shown once. */
export function Tokens() {
  usePageTitle('Tokens')
  const tokens = useQuery(tokensQuery)
  if (tokens.error && !tokens.data) return <NotShown error={tokens.error} not="The tokens are not shown." />
  return (
    <div className="stack wide">
      <div>
        <h1>Tokens</h1>
        <p className="i2">
          For machines that act for you: each does what its scopes say, until its date, and can be ended at once.
        </p>
      </div>
      {!tokens.data ? (
        <Waiting rows={3} what="tokens" />
      ) : tokens.data.length === 0 ? (
        <Empty fact="No token was made." />
      ) : (
        <TokenTable tokens={tokens.data} />
      )}
      <MakeToken />
    </div>
  )
}
