import { Link } from '@tanstack/react-router'
import type { FlawOut } from '../../../contract/shapes/exposure.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Icon } from '../../parts/marks/icon.tsx'
import { StatementList } from './statement-list.tsx'

/** The flaws that one action settles; each with its other names and why it was matched, step by step. */
export function SettledFlaws({ flaws }: { flaws: readonly FlawOut[] }) {
  return (
    <ul className="settledflaws">
      {flaws.map((flaw) => (
        <li key={flaw.id}>
          <p className="row wrap s">
            <Link className="mono b" to="/known/$id" params={{ id: flaw.id }}>
              <Inert text={flaw.id} />
            </Link>
            {flaw.aliases.length > 0 ? (
              <span className="mono xs i3 break">
                <Inert text={flaw.aliases.slice(0, 20).join(', ')} />
              </span>
            ) : null}
            {flaw.exploited ? (
              <span className="alarm b nowrap">
                <Icon name="late" /> attackers use it
              </span>
            ) : null}
            <span className="i2 nowrap">{flaw.score === null ? 'no score' : `CVSS ${flaw.score.toFixed(1)}`}</span>
            {flaw.weak ? <span className="tag assumed">Weak: matched by its CPE name only</span> : null}
          </p>
          <p className="s">
            <Inert text={flaw.summary === '' ? 'Nobody summed it up.' : flaw.summary} />
          </p>
          {flaw.statements.length === 0 ? null : <StatementList of={flaw.statements} />}
          <details className="fold">
            <summary>Why it was matched</summary>
            <ol className="numbered s">
              {flaw.why.map((step, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other name than its place
                <li key={n}>
                  <Inert text={step} />
                </li>
              ))}
            </ol>
          </details>
        </li>
      ))}
    </ul>
  )
}
