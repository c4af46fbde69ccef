import type { DocketView } from '../../../contract/shapes/docket.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { useAct } from '../docket/use-act.ts'
import { sideOf } from '../docket/words.ts'

/** The report: two pages for both sides, one for everyone, and the bundle from which anyone computes it again. */
export function ReportPart({ docket }: { docket: DocketView }) {
  const act = useAct(docket)
  const { report } = docket
  if (report === null) return null
  const at = `/v1/dockets/${encodeURIComponent(docket.id)}`
  return (
    <section className="stack tight">
      <h2>Report</h2>
      <ul className="s dots takes">
        <li>
          <a href={`${at}/report`} download>
            The report, two pages
          </a>
        </li>
        <li>
          <a href={`${at}/report?page=public`} download>
            The public page
          </a>
        </li>
        {docket.may.includes('read-results') ? (
          <li>
            <a href={`${at}/bundle`} download>
              The bundle
            </a>
            : <code>weir evaluate --bundle FILE</code> computes the report again, byte for byte
          </li>
        ) : null}
      </ul>
      <p className="xs i3">
        SHA-256 <code className="break">{report.digest}</code>
      </p>
      <p className="s">
        Developer:{' '}
        {report.signed.developer ? (
          <>
            signed <When at={report.signed.developer.at} full />
          </>
        ) : (
          'not signed'
        )}{' '}
        · Office:{' '}
        {report.signed.office ? (
          <>
            signed <When at={report.signed.office.at} full />
          </>
        ) : (
          'not signed'
        )}
      </p>
      {docket.may.includes('sign-report') && report.signed[sideOf(docket.seats)] === null ? (
        <p className="row wrap">
          <button
            type="button"
            className="btn"
            disabled={act.isPending}
            onClick={() => act.mutate({ do: 'sign-report', digest: report.digest, publicDigest: report.publicDigest })}
          >
            Sign the report
          </button>
          <span className="s i2">A report without a signature says so; nothing waits for one.</span>
        </p>
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not signed." /> : null}
    </section>
  )
}
