import type { CaseView } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { Proposals } from './proposals.tsx'
import { policyWords } from './words.ts'

/** Why this date: each policy that was asked, its source, and what came of it; the one that binds stands first. */
export function WhyDate({ of }: { of: CaseView }) {
  const { terms, dates, duties } = of.embargo
  return (
    <div className="whygrid">
      <div className="stack">
        <h2>Why this date</h2>
        {dates.length > 0 ? (
          <table className="whydate">
            <caption className="vh">Dates by policy, the one that binds first</caption>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">Ends</th>
              </tr>
            </thead>
            <tbody>
              {[...dates].sort(bindsFirst).map((one) => (
                <tr key={`${one.says} ${one.at}`} className={one.binds ? 'binds' : ''}>
                  <td>
                    <span className={one.binds ? 'b' : ''}>
                      <Inert text={one.says} />
                    </span>
                    {one.binds ? <span className="emb"> · binds</span> : null}
                    <span className="second xs i3">
                      {one.source ? <Inert text={one.source} /> : 'No source is kept for it'}
                    </span>
                  </td>
                  <td className={one.binds ? 'b' : ''}>
                    {one.at ? fullInstant(Date.parse(one.at)) : <span className="i3">names no date</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p className="s i2">No policy was asked yet.</p>
        )}
        <p className="s i2">
          The earliest end that was accepted holds; a longer one is a proposal, and the old terms hold until all have answered.
          It ends at once when the flaw or an exploit becomes public, and is looked at again when attacks are seen. Its end
          opens nothing to anyone: it ends the duty of secrecy.
        </p>
      </div>
      <div className="stack">
        {terms ? (
          <div className="stack tight">
            <h3>Terms in force, version {terms.version}</h3>
            <dl className="kv">
              <dt>Proposed by</dt>
              <dd>
                <Inert text={terms.by} />
              </dd>
              <dt>Policy</dt>
              <dd>
                <Inert text={policyWords(terms.policy)} />
              </dd>
              <dt>Since</dt>
              <dd>
                <When at={terms.startsAt} full />
              </dd>
            </dl>
            <ul className="s dots i2">
              {terms.why.map((line) => (
                <li key={line}>
                  <Inert text={line} />
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        <Proposals of={of} />
        {duties.length > 0 ? (
          <div className="stack tight">
            <h3>Duties by law, embargo or not</h3>
            <ul className="s dots">
              {duties.map((one) => (
                <li key={`${one.party} ${one.duty} ${one.dueAt}`}>
                  <b>
                    <Inert text={one.party} />
                  </b>
                  : <Inert text={one.duty} />, by <When at={one.dueAt} full />
                  <span className="second xs i3">
                    <Inert text={one.source} />. To that authority alone; it publishes nothing.
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </div>
  )
}

function bindsFirst(a: { readonly binds: boolean }, b: { readonly binds: boolean }): number {
  return Number(b.binds) - Number(a.binds)
}
