import type { CaseFlawOut, CaseView } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { Title } from '../../parts/inert/title.tsx'
import { PriorityMark } from '../../parts/marks/priority-mark.tsx'
import { bytes, count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { CaseSeverities } from './case-severities.tsx'
import { CveAct } from './cve-act.tsx'
import { CveNumber } from './cve-number.tsx'
import { FlawClaims } from './flaw-claims.tsx'
import { casePath } from './queries.ts'
import { may, WHAT } from './words.ts'

/** The flaws that are fixed in one go: what each is, its proof, its files, three voices on its severity, what is public of it. */
export function FlawsPart({ of }: { of: CaseView }) {
  return (
    <div className="stack wide">
      {of.flaws.length === 0 ? <p>No flaw of this case is shown to you.</p> : null}
      {of.flaws.map((flaw, n) => (
        <CaseFlaw key={flaw.id} of={of} flaw={flaw} number={of.flaws.length > 1 ? n + 1 : null} />
      ))}
    </div>
  )
}

function CaseFlaw({ of, flaw, number }: { of: CaseView; flaw: CaseFlawOut; number: number | null }) {
  const met = of.orders.find((one) => one.flaw === flaw.id)
  return (
    <section className="stack caseflaw">
      <div className="panel">
        <h2>
          {number === null ? '' : `${number}. `}
          <Title text={flaw.title} />
        </h2>
        <p className="facts">
          <PriorityMark priority={flaw.priority} />
          {flaw.target ? <Inert className="mono" text={flaw.target} breaks /> : <span className="i3">target not stated</span>}
          {flaw.versions ? <Inert text={flaw.versions} /> : <span className="i3">versions not known</span>}
          {flaw.weaknesses.map((one) => (
            <span key={one} className="mono">
              <Inert text={one} />
            </span>
          ))}
          <span className={flaw.cve ? 'mono' : 'i3'}>{flaw.cve ?? 'no CVE number'}</span>
          <span>
            {count(flaw.finders)} {flaw.finders === 1 ? 'finder' : 'finders'}
          </span>
          {met ? (
            <span>
              {met.met} of {met.of} desired orders met
            </span>
          ) : null}
        </p>
      </div>
      <InertBlock text={flaw.summary} from={number === null ? 'the finders' : `the finders, flaw ${number}`} />
      <div className="two">
        <div className="stack">
          <div>
            <h3>Proof</h3>
            <p className="s">
              <Inert text={flaw.proof} />
            </p>
          </div>
          <FlawFiles of={of} flaw={flaw} />
          {of.coordinator.you ? <CveAct of={of} flaw={flaw} /> : null}
          {may(of, 'set-cve') ? <CveNumber of={of} flaw={flaw} /> : null}
        </div>
        <div className="stack">
          <CaseSeverities of={of} flaw={flaw} />
          <div>
            <h3>What is public</h3>
            <ul className="s dots">
              {(['public', 'exploit', 'attacks'] as const).map((what) => {
                const noted = flaw[what]
                return (
                  <li key={what} className={noted ? '' : 'i3'}>
                    {noted ? (
                      <>
                        <b className={what === 'public' ? '' : 'alarm'}>{WHAT[what]}</b> since <When at={noted.at} full />:{' '}
                        <Inert text={noted.evidence} />
                      </>
                    ) : (
                      `${WHAT[what]}: not known so`
                    )}
                  </li>
                )
              })}
            </ul>
          </div>
          <FlawClaims of={of} flaw={flaw} />
        </div>
      </div>
    </section>
  )
}

function FlawFiles({ of, flaw }: { of: CaseView; flaw: CaseFlawOut }) {
  return (
    <div>
      <h3>Reproducers and patches</h3>
      {flaw.reproducers.length + flaw.patches.length === 0 ? <p className="s i3">None is kept with this flaw.</p> : null}
      <ul className="s dots takes">
        {flaw.reproducers.map((one) => (
          <li key={one.id}>
            <a href={casePath(of.row.id, `/reproducers/${encodeURIComponent(one.id)}`)} download>
              <Inert text={one.name} />
            </a>{' '}
            <span className="i3">reproducer, {bytes(one.bytes)}</span>
          </li>
        ))}
        {flaw.patches.map((one) => (
          <li key={one.id}>
            <a href={casePath(of.row.id, `/patches/${encodeURIComponent(one.id)}`)} download>
              <Inert text={one.name} />
            </a>{' '}
            <span className="i3">
              patch: <Inert text={one.says} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
