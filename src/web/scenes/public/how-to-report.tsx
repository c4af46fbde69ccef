import { Link } from '@tanstack/react-router'

/** The ways to send a report, by hand and by machine, and where flaws of this instance itself go. */
export function HowToReport({ contact }: { contact: string | null }) {
  return (
    <section className="stack tight">
      <h2 className="serif">How to report</h2>
      <p>
        By hand, with or without an account: <Link to="/report">send a report</Link>. The receipt shows its{' '}
        <Link to="/status">status</Link>.
      </p>
      <p className="s i2">By machine, one item or a million, sent again safely with the same key:</p>
      <pre className="inert block mono">{`weir report findings.sarif --server ${location.origin}`}</pre>
      <p className="s">
        <a href="/schemas/report-1.json">JSON Schema of a report</a> · <a href="/openapi.json">OpenAPI</a> ·{' '}
        <a href="/.well-known/security.txt">security.txt</a>
      </p>
      {contact ? <p className="s i2">Contact of this clearinghouse: {contact.replace(/^mailto:/, '')}</p> : null}
    </section>
  )
}
