import type { FindingColumn, SeverityOut } from '../../../contract/shapes/flaw.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { severityWords } from '../../parts/marks/severity.ts'

const VOICES: readonly (readonly [SeverityOut['voice'], string])[] = [
  ['finder', 'Finders'],
  ['clearinghouse', 'Clearinghouse'],
  ['vendor', 'Vendor'],
]

/** Three voices side by side, never a blend. The vendor's has the last word and is underlined. */
export function Severities({ findings }: { findings: readonly FindingColumn[] }) {
  const all = findings.flatMap((finding) => finding.severities.map((severity) => ({ severity, letter: finding.letter })))
  return (
    <section>
      <div className="sh">
        <h2>Severity</h2>
        <span className="s i3">opinions, each with its owner</span>
      </div>
      <div className="voices">
        {VOICES.map(([voice, title]) => {
          const said = all.filter(({ severity }) => severity.voice === voice)
          return (
            <div key={voice}>
              <h3>{title}</h3>
              {said.length === 0 ? (
                <p className="s i3 unsaid">nothing yet</p>
              ) : (
                <ul className="s">
                  {said.slice(0, 8).map(({ severity, letter }, n) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a voice may say the same twice
                    <li key={n}>
                      <span className={voice === 'vendor' ? 'vendorsays b' : 'b'}>
                        <Inert text={severityWords(severity)} />
                      </span>{' '}
                      <span className="i3">
                        {letter}, <Inert text={severity.by} />
                      </span>
                      <div className="xs i3 mono break">
                        {severity.kind.startsWith('cvss') ? <Inert text={severity.value} /> : null}
                      </div>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          )
        })}
      </div>
    </section>
  )
}
