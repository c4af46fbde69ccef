import { Link } from '@tanstack/react-router'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { endedWords, HIDES, KIND } from './words.ts'

/** A case that is closed: what is gone for good, what is kept, and the receipt. */
export function ClosedCase({ of }: { of: CaseView }) {
  usePageTitle('A closed case')
  const { row, embargo, orders, parties, receipt } = of
  return (
    <div className="stack wide measure">
      <header>
        <h1>A closed case</h1>
        <p className="facts">
          <span>
            Coordinated by <Inert text={of.coordinator.name} />
          </span>
          <span>
            Closed <When at={row.changedAt} full />
          </span>
          <CopyButton text={row.id} label="Copy id" plain />
        </p>
      </header>
      <section className="stack tight">
        <h2>Gone for good</h2>
        <p>
          The case’s key is destroyed. Its messages, files, letters and timeline can be read by nobody, in the database, in
          files and in backups made before.
        </p>
      </section>
      <section className="stack tight">
        <h2>Kept</h2>
        <ul className="s dots">
          <li>Its flaws, with everything the finders sent</li>
          {of.advisory ? (
            <li>
              <Link to="/cases/$id/$part" params={{ id: row.id, part: 'advisory' }}>
                The advisory
              </Link>
            </li>
          ) : null}
          {embargo.ended ? (
            <li>
              The embargo ended <When at={embargo.ended.at} full />: <Inert text={endedWords(embargo.ended.why)} />
            </li>
          ) : null}
          {orders.map((one) => (
            <li key={one.flaw}>
              {one.met} of {one.of} desired orders of events met <code className="i3 xs">{one.flaw}</code>
            </li>
          ))}
          <li>
            {receipt ? (
              <a href={`/v1/cases/${encodeURIComponent(row.id)}/receipt`} download={`${row.id}-receipt.json`}>
                Take the receipt as a file
              </a>
            ) : (
              'A receipt, which is being made: digests, counts and instants, entered in the ledger'
            )}
          </li>
        </ul>
      </section>
      <section className="stack tight">
        <h2>Who took part</h2>
        <ul className="s dots">
          {parties.slice(0, 500).map((one) => (
            <li key={one.id}>
              <Inert text={one.name ?? HIDES} />, {KIND[one.kind].toLowerCase()}
              {one.you ? ', you' : ''}
            </li>
          ))}
        </ul>
        {of.hidden > 0 ? <p className="xs i3">{count(of.hidden)} more hide their participation.</p> : null}
      </section>
    </div>
  )
}
