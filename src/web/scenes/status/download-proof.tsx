import { useMutation } from '@tanstack/react-query'
import { fetchProof } from '../../ledger/check-receipt.ts'
import { download } from '../../parts/download.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

/** The receipt with both paths as a file, to be checked anywhere, also without this server. */
export function DownloadProof({ receipt }: { receipt: string }) {
  const get = useMutation({
    mutationFn: async () => download(`${receipt}.json`, JSON.stringify(await fetchProof(receipt), null, 2)),
  })
  return (
    <div className="stack tight">
      <p className="row wrap">
        <button type="button" className="btn" disabled={get.isPending} onClick={() => get.mutate()}>
          Download the receipt
        </button>
        <span className="xs i3">Holds your statement, its salt and both paths. Keep it as private as the report.</span>
      </p>
      {get.error ? <FailureNote error={get.error} not="Not downloaded." /> : null}
    </div>
  )
}
