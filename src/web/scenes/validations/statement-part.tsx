import { useMutation } from '@tanstack/react-query'
import type { ValidationResult } from '../../../contract/shapes/validation.ts'
import { getJson } from '../../api/request.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { download } from '../../parts/download.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

/** The signed statement: who signed, what it names, and a file that any machine can check. */
export function StatementPart({ id, statement }: { id: string; statement: NonNullable<ValidationResult['statement']> }) {
  const get = useMutation({
    mutationFn: async () =>
      download(
        `${id}.statement.json`,
        JSON.stringify(await getJson<unknown>(`/v1/validations/${encodeURIComponent(id)}/statement`), null, 2),
      ),
  })
  return (
    <section>
      <h2>Statement</h2>
      <dl className="kv">
        <dt>Signed by</dt>
        <dd>
          <Inert text={statement.runner} />
        </dd>
        <dt>Key</dt>
        <dd className="mono">{statement.key}</dd>
        <dt>Digest</dt>
        <dd className="mono">
          {statement.digest} <CopyButton text={statement.digest} label="Copy" plain />
        </dd>
      </dl>
      <p className="row wrap">
        <button type="button" className="btn" disabled={get.isPending} onClick={() => get.mutate()}>
          Download the statement
        </button>
        <span className="xs i3">
          <code>weir validate verify FILE</code> checks it; <code>weir validate replay FILE PROOF</code> runs it again.
        </span>
      </p>
      {get.error ? <FailureNote error={get.error} not="Not downloaded." /> : null}
    </section>
  )
}
