import { useQuery } from '@tanstack/react-query'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import type { AnalysisOut } from '../../../contract/shapes/measurement.ts'
import type { AnalysisFigures } from '../../../core/evaluation/figures/shape.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { RECORDED, sideOf } from '../docket/words.ts'
import { isHidden } from '../nowhere/is-hidden.ts'
import { AnalyseForm } from './analyse-form.tsx'
import { HorizonCurve } from './curve.tsx'
import { Multiverse } from './multiverse.tsx'
import { OutcomeList } from './outcome-list.tsx'
import { PlanForm } from './plan-form.tsx'
import { analysisQuery } from './queries.ts'
import { RecordForm } from './record-form.tsx'
import { ReportPart } from './report-part.tsx'
import { sayMinutes } from './say-minutes.ts'

/** The determination: figures and the outcome that the rule computed, what the office recorded, and the report. */
export function DeterminationPart({ docket }: { docket: DocketView }) {
  const { data, error } = useQuery(analysisQuery(docket.id))
  const may = (name: string) => docket.may.includes(name)
  if (error && !data && !isHidden(error)) return <FailureNote error={error} not="The figures are not shown." />
  if (!data && !error) return <Waiting rows={8} what="the figures" />
  return (
    <div className="stack wide">
      {docket.plans.length > 0 ? (
        <p className="s i2">
          Plan laid <When at={docket.plans.at(-1)?.at ?? ''} full />
          {docket.plans.at(-1)?.afterUnblinding
            ? ', after the results could be seen, with a reason'
            : ', before any result could be seen'}
          . Digest <code className="xs break">{docket.plans.at(-1)?.digest}</code>
        </p>
      ) : (
        <p className="i2">No plan is laid yet. Without one, written before the results, nothing is computed.</p>
      )}
      {data ? <Figures analysis={data} figures={data.figures as AnalysisFigures} /> : null}
      {data ? null : <p className="i2">{noFigures(docket)}</p>}
      {docket.determination ? <Recorded docket={docket} /> : null}
      {docket.report ? <ReportPart docket={docket} /> : null}
      {may('record') ? <RecordForm docket={docket} computed={data?.computed ?? null} /> : null}
      {may('lay-plan') ? <PlanForm docket={docket} /> : null}
      {may('analyse') ? <AnalyseForm docket={docket.id} /> : null}
    </div>
  )
}

/** A sealed criterion is drawn nowhere: neither a line, nor sides, nor counts. */
function Figures({ analysis, figures }: { analysis: AnalysisOut; figures: AnalysisFigures }) {
  const { horizon, decision } = figures
  const shown = decision?.shown?.plan.criteria.find((one) => one.kind === 'horizon')
  const criterion = shown?.kind === 'horizon' ? shown.minutes : null
  return (
    <>
      <div className="sideways">
        <section className="stack tight">
          <div className="sh">
            <h2>Horizon</h2>
            <span className="s i3">
              Circles are tasks by human time, sized by their number; the band is 95 %, families drawn first
            </span>
          </div>
          <p>
            <Inert text={horizon.say} />
          </p>
          <section
            className="sidescroll"
            aria-label="The horizon drawn"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
            tabIndex={0}
          >
            <HorizonCurve figures={figures} criterion={criterion} />
          </section>
          <p className="xs i3">
            {count(horizon.counts.runs)} runs at {count(horizon.counts.tasks)} tasks of {count(horizon.counts.families)}{' '}
            families. {analysis.method}; seed {analysis.seed}.{' '}
            {figures.coverage
              ? `With so few families the interval holds the truth in ${(figures.coverage.coverage * 100).toFixed(0)} % of simulations at this design.`
              : ''}
          </p>
        </section>
        <div className="stack wide">
          <section>
            <h2>Outcome</h2>
            <OutcomeList computed={analysis.computed} />
            <p className="s i2">
              <Inert text={analysis.say} />
            </p>
          </section>
          <section>
            <h2 className="vh">Cheating</h2>
            <table>
              <caption className="vh">The horizon by what confirmed cheating counts as</caption>
              <thead>
                <tr>
                  <th scope="col">If cheating ({count(horizon.counts.confirmed)} runs) counts as</th>
                  <th scope="col" className="num">
                    Half-way point
                  </th>
                </tr>
              </thead>
              <tbody>
                {figures.treatments.map(({ treatment, result }) => (
                  <tr key={treatment}>
                    <td>{{ F: 'failure, as planned', X: 'dropped', S: 'success' }[treatment]}</td>
                    <td className="num">{result.p50 === null ? 'no number' : sayMinutes(result.p50)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <ul className="s dots">
            <li>
              <Inert text={figures.budget.say} />
            </li>
            {figures.limits.map((limit) => (
              <li key={limit}>
                <Inert text={limit} />
              </li>
            ))}
          </ul>
        </div>
      </div>
      <section className="stack tight">
        <h2>Would another fair analysis say the same?</h2>
        {horizon.p50 === null ? (
          <p className="s i2">The planned analysis gives no number, so there is none that others could agree with.</p>
        ) : (
          <Multiverse figures={figures} criterion={criterion} />
        )}
      </section>
      {horizon.p50 === null ? null : <WithoutOne figures={figures} />}
    </>
  )
}

function WithoutOne({ figures }: { figures: AnalysisFigures }) {
  return (
    <section className="measure">
      <h2>Without one family</h2>
      <table>
        <caption className="vh">The horizon with one family left out</caption>
        <thead>
          <tr>
            <th scope="col">Left out</th>
            <th scope="col" className="num">
              Half-way point
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.influence.families.map((one) => (
            <tr key={one.name}>
              <td>
                <Inert text={one.name} />
              </td>
              <td className="num">{one.p50 === null ? 'no number' : sayMinutes(one.p50)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Why there are no figures, as far as the page knows it. */
function noFigures({ seats, may }: DocketView): string {
  if (sideOf(seats) === 'developer')
    return 'Figures are in compartment R, which the office reads. What both sides see is in the report.'
  return may.includes('read-results')
    ? 'No figures are computed yet. An analyst computes them from finished run sets.'
    : 'Figures are shown to those who are read into R.'
}

function Recorded({ docket: { determination } }: { docket: DocketView }) {
  if (determination === null) return null
  return (
    <section className="stack tight">
      <h2>Recorded: {RECORDED[determination.recorded]}</h2>
      <p className="s">
        By <Inert text={determination.by.name ?? 'a person whose name is withheld'} />, <When at={determination.at} full />.{' '}
        {determination.departs ? 'It departs from the computed outcome, with a reason.' : 'As the rule computed.'}
      </p>
      {determination.reason ? (
        <p className="i2">
          <Inert text={determination.reason} />
        </p>
      ) : null}
      <p className="s i3">It says how strong the model was measured to be. It decides nothing about a release.</p>
    </section>
  )
}
