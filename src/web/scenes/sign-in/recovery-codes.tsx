import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sendJson } from '../../api/request.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { download } from '../../parts/download.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

/** New recovery codes, shown once. Making them ends the old ones, which is said before it happens. */
export function RecoveryCodes({ first = false }: { first?: boolean }) {
  const make = useMutation({ mutationFn: () => sendJson<{ codes: string[] }>('POST', '/v1/recovery/codes', {}) })
  const codes = make.data?.codes
  const text = codes?.join('\n') ?? ''
  return (
    <section className="stack measure">
      {first ? <h1>Your passkey is added</h1> : <h2>Recovery codes</h2>}
      <p className="i2">
        For the day the passkey is lost. Each works once. New codes end all older ones; they are shown here and nowhere again.
      </p>
      {codes ? (
        <>
          <pre className="inert block mono">{text}</pre>
          <div className="row wrap">
            <CopyButton text={text} label="Copy all" />
            <button
              type="button"
              className="btn small"
              onClick={() => download('weir-recovery-codes.txt', `${text}\n`, 'text/plain')}
            >
              Download
            </button>
          </div>
        </>
      ) : (
        <p>
          <button type="button" className="btn" disabled={make.isPending} onClick={() => make.mutate()}>
            Make recovery codes
          </button>
        </p>
      )}
      {make.error ? <FailureNote error={make.error} not="No codes were made." safe="Older codes still work." /> : null}
      {first ? (
        <p>
          <Link className="btn" to="/">
            Go to work
          </Link>
        </p>
      ) : null}
    </section>
  )
}
