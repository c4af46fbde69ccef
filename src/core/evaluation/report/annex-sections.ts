import { escapeMarkup } from '../curve/markup.ts'
import type { AnalysisFigures } from '../figures/shape.ts'
import { table } from './page.ts'
import type { RowLinks } from './row-links.ts'
import { minutesOr, percent, whole } from './say.ts'

const MOST_FAMILIES = 24
const MOST_TASKS = 8

/** The second page: other fair analyses, what carries the number, rates, notes and limits. */
export function annexSections(figures: AnalysisFigures, links: RowLinks): string {
  return [
    multiverse(figures, links),
    influence(figures, links),
    rates(figures, links),
    scale(figures, links),
    ends(figures),
  ].join('\n')
}

function multiverse({ multiverse: { cells, spread, rows }, decision, axes }: AnalysisFigures, links: RowLinks): string {
  const across =
    spread === null ? 'None gives a number.' : `Their p50 lie from ${minutesOr(spread.low)} to ${minutesOr(spread.high)}.`
  const judged = decision?.shown?.criteria.flatMap(({ sides, kind }) =>
    sides === null
      ? []
      : [`${kind}: ${sides.above} above the criterion, ${sides.below} below, ${sides.none} without a number.`],
  )
  return [
    '<h2>Would another fair analysis say the same?</h2>',
    `<p>${links.link(`${cells.length} analyses`, rows)} by penalty, weights, axis, cheating, missing runs and budget. ${across} ${escapeMarkup((judged ?? []).join(' '))}</p>`,
    table(
      [{ head: 'Axis of human time' }, { head: 'Tasks', number: true }, { head: 'p50', number: true }],
      axes.map((one) => [escapeMarkup(one.axis), whole(one.tasks), links.link(minutesOr(one.p50), one.rows)]),
    ),
  ].join('\n')
}

function influence({ influence: { families, tasks }, families: rates }: AnalysisFigures, links: RowLinks): string {
  const rate = new Map(rates.map((one) => [one.family, one]))
  const rows = families.slice(0, MOST_FAMILIES).map((one) => {
    const own = rate.get(one.name)
    return [
      escapeMarkup(one.name),
      own === undefined ? '–' : whole(own.tasks),
      own === undefined ? '–' : links.link(percent(own.value), own.rows),
      links.link(minutesOr(one.p50), one.rows),
    ]
  })
  const rest =
    families.length > MOST_FAMILIES ? `<p class="small">${families.length - MOST_FAMILIES} more in the bundle.</p>` : ''
  const single = tasks
    .slice(0, MOST_TASKS)
    .map(({ name, p50, rows: from }) => `${escapeMarkup(name)} ${links.link(minutesOr(p50), from)}`)
  return [
    '<h2>What carries the number</h2>',
    table(
      [
        { head: 'Family' },
        { head: 'Tasks', number: true },
        { head: 'Solved', number: true },
        { head: 'p50 without it', number: true },
      ],
      rows,
    ),
    rest,
    single.length === 0 ? '' : `<p class="small">p50 without one task, largest change first: ${single.join(' · ')}.</p>`,
  ].join('\n')
}

function rates({ accuracy, pass }: AnalysisFigures, links: RowLinks): string {
  if (accuracy === null) return ''
  const interval =
    accuracy.interval === null ? '' : ` [${percent(accuracy.interval.low)} to ${percent(accuracy.interval.high)}]`
  const passes = pass.flatMap(({ k, any, rows }) => (any === null ? [] : [`pass@${k} ${links.link(percent(any), rows)}`]))
  return `<h2>Success rates</h2><p>${links.link(percent(accuracy.value), accuracy.rows)}${interval} of the tasks solved on average. ${escapeMarkup(accuracy.say)} ${passes.join(' · ')}</p>`
}

function scale({ ability }: AnalysisFigures, links: RowLinks): string {
  if (ability === null) return ''
  const fit =
    ability.fit === null
      ? ''
      : ` Person fit l_z ${ability.fit.lz.toFixed(2)}${ability.fit.flagged ? ': easy items failed while hard ones were solved, a flag and not a verdict' : ''}.`
  return `<h2>On one scale with ${ability.models - 1} other ${ability.models === 2 ? 'model' : 'models'}</h2><p>${links.link(`Ability ${ability.theta.toFixed(2)} ± ${ability.sd.toFixed(2)}`, ability.rows)} logits on ${whole(ability.items)} items (one-parameter logistic).${fit}</p>`
}

function ends({ horizon, limits }: AnalysisFigures): string {
  const notes = horizon.notes.map(({ say }) => `<li>${escapeMarkup(say)}</li>`)
  const rest = limits.map((limit) => `<li>${escapeMarkup(limit)}</li>`)
  return `<h2>To know beside it</h2><ul class="small">${[...notes, ...rest].join('\n')}</ul>`
}
