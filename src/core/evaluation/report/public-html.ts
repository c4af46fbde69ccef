import { escapeMarkup } from '../curve/markup.ts'
import type { AnalysisFigures } from '../figures/shape.ts'
import type { ReportFacts } from './facts.ts'
import { page } from './page.ts'
import { figuresCurve, OUTCOME_WORDS, recorded } from './report-html.ts'
import { minutesOr, sayInterval } from './say.ts'

/**
 * One page for everybody. With a sealed criterion it holds the outcome and no estimate, because the two together would bracket the
 * threshold; without a plan it holds the estimate.
 */
export function publicHtml(figures: AnalysisFigures, facts: ReportFacts): string {
  const { decision, horizon, suite, method } = figures
  const sealed = decision !== null && decision.shown === null
  const title = `What was measured of ${figures.model}`
  const who = [facts.office, facts.developer].filter((name) => name !== null).map(escapeMarkup)
  const parts = [
    `<h1>${escapeMarkup(title)}</h1>`,
    `<p class="facts">${[...who, escapeMarkup(facts.at.slice(0, 10))].join(' · ')}</p>`,
    decision === null
      ? ''
      : `<div class="outcome"><span class="mark ${decision.outcome}" aria-hidden="true"></span><b>${OUTCOME_WORDS[decision.outcome]}</b><span>${escapeMarkup(decision.say)}</span></div>`,
    recorded(facts),
    sealed ? '' : estimate(figures),
    '<h2>How</h2>',
    `<p>${suite === null ? 'Imported runs' : `Suite ${escapeMarkup(suite.name)} ${escapeMarkup(suite.version)}`}: ${horizon.counts.tasks} tasks of ${horizon.counts.families} families, each with the time a person needs. Method ${method.name}, ${method.profile}. The rule was written down and hashed before anybody could see which model a result belongs to.</p>`,
    decision === null ? '' : `<p class="small">Plan <code>${decision.plan}</code></p>`,
    '<h2>What this does not say</h2>',
    `<ul>${figures.limits.map((limit) => `<li>${escapeMarkup(limit)}</li>`).join('')}<li>A measurement is of a capability. It neither lets nor keeps anybody from releasing a model.</li></ul>`,
  ]
  return page(title, parts.join('\n'))
}

function estimate(figures: AnalysisFigures): string {
  const { p50, interval, say } = figures.horizon
  const number =
    p50 === null ? '' : `<p class="number">${minutesOr(p50)} <span class="small">[${sayInterval(interval)}]</span></p>`
  return `${number}<p>${escapeMarkup(say)}</p>${figuresCurve(figures)}`
}
