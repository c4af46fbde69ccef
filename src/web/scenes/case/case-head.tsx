import { Link } from '@tanstack/react-router'
import type { CaseFlawOut, CaseView } from '../../../contract/shapes/case.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { Title } from '../../parts/inert/title.tsx'
import { PriorityMark } from '../../parts/marks/priority-mark.tsx'
import { severityWords } from '../../parts/marks/severity.ts'
import { MOVE, versionsBeside } from './words.ts'

/** What the case is about, whose move it is, and the three voices on its severity. */
export function CaseHead({ of }: { of: CaseView }) {
  const { row, flaws } = of
  const [only] = flaws
  const beside = versionsBeside(row.target, only?.versions)
  return (
    <header className="casehead">
      <div className="grow">
        <h1>{row.title === null ? 'A case without a title' : <Title text={row.title} />}</h1>
        <p className="facts">
          <PriorityMark priority={row.priority} />
          {row.target ? <Inert className="mono" text={row.target} breaks /> : <span className="i3">target not stated</span>}
          {flaws.length > 1 ? <span>{flaws.length} flaws</span> : beside === null ? null : <Inert text={beside} />}
          {flaws.length === 1 && only?.cve ? <span className="mono">{only.cve}</span> : null}
          <Publicity flaws={flaws} />
          <CopyButton text={row.id} label="Copy id" plain />
        </p>
        <p className="s">
          <b>{MOVE[row.whoseMove]}.</b> <Inert text={row.next} />{' '}
          <span className="i3">
            Coordinated by <Inert text={of.coordinator.name} />
            {of.coordinator.you ? ', your clearinghouse' : ''}.
          </span>
        </p>
      </div>
      <Voices id={row.id} flaws={flaws} />
    </header>
  )
}

function Publicity({ flaws }: { flaws: readonly CaseFlawOut[] }) {
  const attacked = flaws.some(({ attacks }) => attacks !== null)
  const exploited = flaws.some(({ exploit }) => exploit !== null)
  const open = flaws.some((one) => one.public !== null)
  return (
    <>
      <span className={attacked ? 'b alarm' : ''}>{attacked ? 'Attacks are seen' : 'Attacks: none seen'}</span>
      {exploited ? <span className="b alarm">An exploit is public</span> : null}
      {open ? <span className="b">The flaw is public</span> : null}
    </>
  )
}

const VOICES = [
  ['finder', 'Finder'],
  ['clearinghouse', 'Clearinghouse'],
  ['vendor', 'Vendor'],
] as const

function Voices({ id, flaws }: { id: string; flaws: readonly CaseFlawOut[] }) {
  const all = flaws.flatMap(({ severities }) => severities)
  return (
    <div className="caseseverity">
      <h2 className="xs i3 regular">Severity, as each says{flaws.length > 1 ? '; the highest of each' : ''}</h2>
      <ul className="row wrap s">
        {VOICES.map(([voice, word]) => {
          const said = all.filter((one) => one.voice === voice).sort((a, b) => (b.score ?? 0) - (a.score ?? 0))[0]
          return (
            <li key={voice} className={voice === 'vendor' && said ? 'vendorsays' : ''} title={said?.value.slice(0, 200)}>
              {word}{' '}
              {said ? (
                <b>
                  <Inert text={severityWords(said)} />
                </b>
              ) : (
                <span className="unsaid i3">nothing yet</span>
              )}
            </li>
          )
        })}
      </ul>
      {flaws.length > 0 ? (
        <Link to="/cases/$id/$part" params={{ id, part: 'flaws' }} className="xs">
          Reproducers, patches and vectors
        </Link>
      ) : null}
    </div>
  )
}
