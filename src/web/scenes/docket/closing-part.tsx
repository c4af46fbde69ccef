import type { DocketView } from '../../../contract/shapes/docket.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { useAct } from './use-act.ts'
import { sideOf } from './words.ts'

/** The end: what was destroyed, what remains and where, and the receipt that both sides sign. */
export function ClosingPart({ docket }: { docket: DocketView }) {
  const { closing } = docket
  const act = useAct(docket)
  if (closing === null && docket.state !== 'closed')
    return (
      <div className="stack measure">
        <p>
          When the docket ends, or the developer withdraws, the keys of all five compartments are destroyed in the key store.
          What they sealed can then be read by nobody, in the database, in files, and in backups made before.
        </p>
        <p className="i2">
          A list says which copies remain, where and in which state. Both sides sign it; the receipt can be verified offline
          with <code>weir docket receipt verify FILE</code>.
        </p>
      </div>
    )
  const digest = closing?.receiptDigest ?? null
  return (
    <div className="stack wide">
      {closing ? (
        <section className="stack tight">
          <h2>{closing.why === 'withdrawn' ? 'Closing after withdrawal' : 'Closing'}</h2>
          <p>
            Begun <When at={closing.startedAt} full />.{' '}
            {digest === null ? 'The keys are being destroyed and every byte is searched.' : 'The keys are destroyed.'}
          </p>
          <p className="s">
            Developer:{' '}
            {closing.signed.developer ? (
              <>
                signed <When at={closing.signed.developer.at} full />
              </>
            ) : (
              'not signed'
            )}{' '}
            · Office:{' '}
            {closing.signed.office ? (
              <>
                signed <When at={closing.signed.office.at} full />
              </>
            ) : (
              'not signed'
            )}
          </p>
          {digest && docket.may.includes('sign-receipt') && closing.signed[sideOf(docket.seats)] === null ? (
            <p className="row wrap">
              <button
                type="button"
                className="btn"
                disabled={act.isPending}
                onClick={() => act.mutate({ do: 'sign-receipt', digest })}
              >
                Sign the receipt
              </button>
              <span className="s i2">Neither side can hold up the end: a missing signature is named in the receipt.</span>
            </p>
          ) : null}
          {act.error ? <FailureNote error={act.error} not="Not signed." /> : null}
        </section>
      ) : null}
      {closing && closing.residual.length > 0 ? (
        <section>
          <h2>What remains</h2>
          <table className="blocks">
            <caption className="vh">Copies that remain</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Where</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {closing.residual.map((one) => (
                <tr key={`${one.what} ${one.where}`}>
                  <td>
                    <Inert text={one.what} />
                  </td>
                  <td>
                    <Inert text={one.where} />
                  </td>
                  <td>
                    <Inert text={one.state} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {digest ? (
        <section className="stack tight">
          <h2>Receipt</h2>
          <p className="xs i3">
            SHA-256 <code className="break">{digest}</code>
          </p>
          <p className="takes">
            <a href={`/v1/dockets/${encodeURIComponent(docket.id)}/receipt`} download={`${docket.id}-receipt.json`}>
              Take the receipt as a file
            </a>
          </p>
        </section>
      ) : null}
    </div>
  )
}
