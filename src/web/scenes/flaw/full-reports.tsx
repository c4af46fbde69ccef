import type { FindingColumn } from '../../../contract/shapes/flaw.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { bytes } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { ReleaseFinding } from './release-finding.tsx'

/** Each report as it was sent, with its evidence: plain text, set off by a rule, its sender named. */
export function FullReports({ findings }: { findings: readonly FindingColumn[] }) {
  return (
    <section>
      <div className="sh">
        <h2>Full reports</h2>
        <span className="s i3">as sent: text is shown, never followed or run</span>
      </div>
      {findings.map((finding) => (
        <details key={finding.id} className="fold" open={findings.length === 1}>
          <summary>
            <b>{finding.letter}</b> <Inert text={finding.finder.name} />{' '}
            <span className="i2">
              “<Inert text={finding.title} />”
            </span>
          </summary>
          <div className="stack">
            {finding.text === '' ? (
              <p className="s i3">No text was sent.</p>
            ) : (
              <InertBlock text={finding.text} from={visibleText(finding.finder.name, 80)} />
            )}
            {finding.evidence.map((evidence, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two pieces of evidence may bear one name
              <div key={n} className="stack tight">
                <p className="s">
                  <b>{evidence.kind}</b> <Inert className="mono" text={evidence.name} />{' '}
                  <span className="i3">{bytes(evidence.bytes)}</span>
                </p>
                {evidence.text === null ? (
                  <p className="xs i3">Not text: kept, not shown.</p>
                ) : (
                  <InertBlock
                    mono
                    text={evidence.text}
                    from={`${visibleText(finding.finder.name, 80)}, ${visibleText(evidence.name, 80)}`}
                  />
                )}
              </div>
            ))}
            <dl className="kv">
              <div className="kvrow">
                <dt>Receipt</dt>
                <dd className="mono">{finding.receipt}</dd>
              </div>
              <div className="kvrow">
                <dt>Put here</dt>
                <dd>
                  <When at={finding.joined.at} />: <Inert text={finding.joined.say} />
                </dd>
              </div>
              {finding.references.length > 0 ? (
                <div className="kvrow">
                  <dt>References</dt>
                  <dd className="mono">
                    {finding.references.slice(0, 20).map((reference) => (
                      <div key={reference}>
                        <Inert text={reference} />
                      </div>
                    ))}
                  </dd>
                </div>
              ) : null}
            </dl>
            <ReleaseFinding finding={finding} alone={findings.length === 1} />
          </div>
        </details>
      ))}
    </section>
  )
}
