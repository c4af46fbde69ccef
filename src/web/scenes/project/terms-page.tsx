import type { ReactNode } from 'react'
import { parseTerms } from '../../../core/cases/terms/parse-terms.ts'
import type { ProjectTerms } from '../../../core/cases/terms/project-terms.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { isZone, jsonOf } from './read-terms.ts'
import { CARRIED_WORDS, ROUTE_WORDS } from './words.ts'

/** The terms in plain sentences; what the project leaves out binds nobody, and is said to be left out. */
export function TermsPage({ terms, source }: { terms: Readonly<Record<string, unknown>>; source: string }) {
  const parsed = parseTerms(terms, isZone)
  return (
    <div className="stack">
      {parsed.ok ? <Sentences terms={parsed.terms} /> : <InertBlock text={jsonOf(terms)} from="the project" mono />}
      <p className="xs i3">
        Source: <Inert text={source} />
      </p>
    </div>
  )
}

function Sentences({ terms }: { terms: ProjectTerms }) {
  const { contact, report, outOfScope, severityFloor, ai, embargo, optOut, pace } = terms
  const carried = report.mustCarry.map((one) => CARRIED_WORDS[one] ?? one)
  return (
    <dl className="kv termsread">
      <Term name="Reports">
        {optOut.reports ? (
          <b>None are wanted.</b>
        ) : report.unchecked ? (
          'Also those that no person has checked.'
        ) : (
          'Those that a person has checked.'
        )}
      </Term>
      <Term name="Sent">
        {contact ? (
          <>
            {ROUTE_WORDS[contact.route]} <Inert className="mono" text={contact.at} breaks />
            {contact.keys.map((key) => (
              <div key={key.kind === 'pgp' ? key.fingerprint : key.recipient} className="xs i2">
                Encrypted to {key.kind} <Inert className="mono" text={key.kind === 'pgp' ? key.fingerprint : key.recipient} />
              </div>
            ))}
          </>
        ) : (
          <Unsaid />
        )}
      </Term>
      <Term name="Must carry">{carried.length > 0 ? carried.join(', ') : <Unsaid says="nothing in particular" />}</Term>
      <Term name="Form">
        {[
          report.plainText ? 'plain text' : null,
          report.mostCharacters === null ? null : `at most ${report.mostCharacters.toLocaleString('en-GB')} characters`,
          report.languages.length > 0 ? `in ${report.languages.join(', ')}` : null,
        ]
          .filter((one) => one !== null)
          .join(', ') || <Unsaid says="any" />}
      </Term>
      <Term name="Left out">
        {outOfScope.words ? (
          <p>
            <Inert text={outOfScope.words} />
          </p>
        ) : null}
        {outOfScope.components.length > 0 ? (
          <p>
            Parts: <Inert className="mono" text={outOfScope.components.join(', ')} breaks />
          </p>
        ) : null}
        {outOfScope.weaknesses.length > 0 ? (
          <p>
            Weaknesses: <Inert className="mono" text={outOfScope.weaknesses.join(', ')} />
          </p>
        ) : null}
        {outOfScope.words === null && outOfScope.components.length + outOfScope.weaknesses.length === 0 ? (
          <Unsaid says="nothing" />
        ) : null}
      </Term>
      <Term name="Least severity">
        {severityFloor === null ? (
          <Unsaid />
        ) : severityFloor.by === 'word' ? (
          severityFloor.least
        ) : (
          `CVSS ${severityFloor.least}`
        )}
      </Term>
      <Term name="Models">
        {ai.found === 'refused' ? <b>Nothing that a model found.</b> : 'What a model found is taken.'}{' '}
        {ai.disclosure === 'required'
          ? 'It must be said.'
          : ai.disclosure === 'welcome'
            ? 'Saying so is welcome.'
            : 'It need not be said.'}
      </Term>
      <Term name="Embargo">{embargoWords(embargo) ?? <Unsaid />}</Term>
      <Term name="Scans">{optOut.scans ? <b>Not wanted.</b> : 'Not objected to.'}</Term>
      <Term name="Pace">
        {pace ? (
          <>
            {pace.openAtOnce} open at once, {pace.perWeek} a week
            {pace.quiet ? `, quiet from ${pace.quiet.from} to ${pace.quiet.to}, ${pace.quiet.zone}` : ''}
            {pace.pausedUntil === null
              ? ''
              : pace.pausedUntil === 'further-notice'
                ? ', paused until further notice'
                : `, paused until ${fullInstant(Date.parse(pace.pausedUntil))}`}
          </>
        ) : (
          <Unsaid says="one open case and one a week, until the project says otherwise" />
        )}
      </Term>
    </dl>
  )
}

function embargoWords(embargo: ProjectTerms['embargo']): string | null {
  switch (embargo.stance) {
    case 'unstated':
      return null
    case 'none':
      return 'The project keeps nothing secret.'
    case 'policy':
      return `Proposes the policy ${embargo.policy}.`
    case 'days':
      return `Proposes at most ${embargo.most} days.`
  }
}

function Term({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="kvrow">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Unsaid({ says = 'not said' }: { says?: string }) {
  return <span className="unsaid i3">{says}</span>
}
