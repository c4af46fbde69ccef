import { curveSvg } from '../curve/curve-svg.ts'
import { escapeMarkup } from '../curve/markup.ts'
import type { AnalysisFigures, DecisionFigure } from '../figures/shape.ts'
import type { HorizonResult } from '../result.ts'
import { annexSections } from './annex-sections.ts'
import type { ReportFacts } from './facts.ts'
import { page, table } from './page.ts'
import { type RowLinks, rowLinks } from './row-links.ts'
import { minutesOr, percent, sayInterval, whole } from './say.ts'

export const OUTCOME_WORDS = {
  met: 'Met',
  'not-met': 'Not met',
  undetermined: 'Undetermined',
  'not-assessable': 'Not assessable',
} as const

export const TREATMENT_WORDS = { F: 'failure (headline)', X: 'dropped', S: 'success, as scored' } as const
const MISSING_WORDS = { drop: 'left out (headline)', zero: 'all failed', one: 'all solved' } as const

/** The picture of a measurement; the criterion is drawn only where the plan publishes it. */
export function figuresCurve(figures: AnalysisFigures): string {
  const published = figures.decision?.shown?.plan.criteria.find((one) => one.kind === 'horizon' && one.at === 0.5)
  return curveSvg({
    title: `Success by human time: ${figures.model}`,
    curve: figures.curve,
    p50: figures.horizon.p50,
    interval: figures.horizon.interval,
    band: figures.band,
    bins: figures.bins,
    criterion: published?.kind === 'horizon' ? published.minutes : null,
    say: figures.horizon.say,
  })
}

/** The report for both sides, two printed pages, with every number leading to its rows. Inert: all names are escaped. */
export function reportHtml(figures: AnalysisFigures, facts: ReportFacts): string {
  const links = rowLinks(figures.sets)
  const title = `Measurement of ${figures.model}`
  const first = [
    heading(title, figures, facts),
    headline(figures, links),
    outcome(figures.decision),
    recorded(facts),
    sides(figures, links),
  ]
  const body = `<section class="page">${first.join('\n')}</section>\n<section class="page">${annexSections(figures, links)}</section>`
  return page(title, `${body}\n${links.annex()}`)
}

function heading(title: string, { suite, method, elicitation, horizon }: AnalysisFigures, facts: ReportFacts): string {
  const { counts } = horizon
  const parts = [
    facts.docket === null ? null : `Docket ${facts.docket}`,
    facts.developer === null || facts.office === null ? null : `${facts.developer} and ${facts.office}`,
    suite === null ? 'suite not stated' : `suite ${suite.name} ${suite.version}`,
    elicitation.length === 0 ? null : `elicitation ${elicitation.join(', ')}`,
    `${counts.families} families, ${counts.tasks} tasks, ${whole(counts.runs)} runs`,
    `method ${method.name}, ${method.profile}`,
    facts.at,
  ]
  const said = parts.filter((part) => part !== null).map(escapeMarkup)
  return `<h1>${escapeMarkup(title)}</h1><p class="facts">${said.join(' · ')}</p>`
}

function headline(figures: AnalysisFigures, links: RowLinks): string {
  const { horizon, coverage, method, budget } = figures
  const number =
    horizon.p50 === null ? '' : `${minutesOr(horizon.p50)} <span class="small">[${sayInterval(horizon.interval)}]</span>`
  const seed = method.resampling
  return [
    `<p class="number">${links.link(number === '' ? OUTCOMES[horizon.outcome] : number, horizon.rows)}</p>`,
    `<p>${escapeMarkup(horizon.say)}</p>`,
    figuresCurve(figures),
    seed === null
      ? ''
      : `<p class="small">95 % interval from ${whole(seed.resamples)} resamples of ${seed.units}, seed ${seed.seed}.</p>`,
    coverage === null
      ? ''
      : `<p class="small">Fewer than 12 families: in ${coverage.sets} simulated measurements of this design the interval held the truth in ${percent(coverage.coverage)} (± ${percent(1.96 * coverage.se)}; task SD ${coverage.taskSd}, family SD ${coverage.familySd} logits assumed).</p>`,
    `<p class="small">${links.link(escapeMarkup(budget.say), budget.rows)}</p>`,
  ].join('\n')
}

const OUTCOMES: Readonly<Record<HorizonResult['outcome'], string>> = {
  estimated: 'Estimated',
  'below-scale': 'Below the scale',
  'above-scale': 'Above the scale',
  'no-horizon': 'No horizon',
  separated: 'Separated',
  'beyond-longest': 'Beyond the suite',
  'description-only': 'Description only',
  'no-human-times': 'No human times',
  'no-runs': 'No runs',
}

function outcome(decision: DecisionFigure | null): string {
  if (decision === null) return '<p class="small">No plan was laid: these figures judge nothing.</p>'
  const mark = `<span class="mark ${decision.outcome}" aria-hidden="true"></span><b>${OUTCOME_WORDS[decision.outcome]}</b>`
  const sealed = decision.shown === null ? ' The criterion is sealed; the commitment lets an inspector check it.' : ''
  return [
    `<div class="outcome">${mark}<span>${escapeMarkup(decision.say)}</span></div>`,
    `<p class="small">Rule ${decision.method}, plan <code>${decision.plan}</code>${decision.commitment === null ? '' : `, commitment <code>${decision.commitment}</code>`}.${sealed} The rule prepares; the named office records and may depart from it with a reason.</p>`,
  ].join('\n')
}

const RECORDED_WORDS = {
  covered: 'covered',
  'not-covered': 'not covered',
  undetermined: 'undetermined',
  'not-assessed': 'not assessed',
} as const

/** What the office recorded, in a sentence; empty before it did. */
export function recorded({ recorded: word, office }: ReportFacts): string {
  if (word === null) return ''
  const departs = word.departs ? ', departing from the computed outcome for a reason of its own' : ''
  return `<p>${escapeMarkup(office ?? 'The office')} recorded: <b>${RECORDED_WORDS[word.as]}</b>${departs} (${escapeMarkup(word.at.slice(0, 10))}).</p>`
}

function sides({ treatments, missing }: AnalysisFigures, links: RowLinks): string {
  const cheated = treatments.map(({ treatment, result, rows }) => [
    escapeMarkup(TREATMENT_WORDS[treatment]),
    links.link(result.p50 === null ? OUTCOMES[result.outcome] : minutesOr(result.p50), rows),
    escapeMarkup(sayInterval(result.interval)),
  ])
  const gone = missing.map(({ missing: rule, p50, rows }) => [
    escapeMarkup(MISSING_WORDS[rule]),
    links.link(minutesOr(p50), rows),
  ])
  const horizon = { head: 'p50', number: true }
  return [
    '<h2>If confirmed cheating counts as</h2>',
    table([{ head: 'Treatment' }, horizon, { head: '95 % interval', number: true }], cheated),
    '<h2>If missing attempts count as</h2>',
    table([{ head: 'Missing' }, horizon], gone),
  ].join('\n')
}
