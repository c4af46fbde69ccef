import type { TermsFacts } from './terms-fields.tsx'

/** What both sides sign besides the text, in words. */
export function TermsFactsList({ facts }: { facts: TermsFacts }) {
  return (
    <ul className="s dots">
      <li>
        {facts.days} days of 24 hours, opening {facts.opensBy === 'first-call' ? 'with the first call' : 'at an agreed instant'}
      </li>
      <li>
        Access level {facts.level}; kept {facts.retentionDays} days after the end
      </li>
      <li>
        Down time of the endpoint{' '}
        {facts.downtimeExtends ? 'lengthens the window, never past the policy’s maximum' : 'lengthens nothing'}
      </li>
      <li>
        {facts.readersNamed
          ? 'Who of the office is read in is shown by name'
          : 'Who of the office is read in is shown by seat only'}
      </li>
      <li>{facts.mayPublish ? 'Results may be published' : 'Results are not published'}</li>
      <li>
        {facts.findingsToIntake
          ? 'Vulnerabilities found may go to intake, with both sides’ consent each time'
          : 'Vulnerabilities found do not go to intake'}
      </li>
    </ul>
  )
}
