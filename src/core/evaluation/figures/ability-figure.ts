import type { Evidence } from '../decision/evidence.ts'
import { abilityOn } from '../irt/ability.ts'
import { fitItems } from '../irt/fit-items.ts'
import { type PersonFit, personFit } from '../irt/person-fit.ts'
import { responsesOf } from '../irt/responses.ts'
import type { Treatment } from '../result.ts'
import type { RunTable } from '../run-row.ts'
import { scoresOf } from '../table/scores.ts'
import type { AnalysisInput } from './input.ts'

export interface AbilityFigure {
  readonly theta: number
  readonly sd: number
  readonly models: number
  readonly items: number
  readonly fit: PersonFit | null
}

/** The measured model on the scale that it and its reference models fix together; null with fewer than two models. */
export function abilityFigure(table: RunTable, model: string, treatment: Treatment): AbilityFigure | null {
  const responses = responsesOf(scoresOf(table, treatment, 'drop'))
  const scale = fitItems(responses)
  const own = scale?.abilities.find((one) => one.model === model)
  const answers = responses.models.find((one) => one.model === model)
  if (!scale || !own || !answers) return null
  return {
    theta: own.theta,
    sd: own.sd,
    models: responses.models.length,
    items: scale.items.length,
    fit: personFit(own.theta, answers, scale.difficulty),
  }
}

const Z = 1.959964

/** The measured model on a scale that was fixed earlier, for a criterion that names it; null without a scale or shared items. */
export function abilityEvidence(own: RunTable, treatment: Treatment, scale: AnalysisInput['scale']): Evidence['ability'] {
  if (scale === null || scale.items.length !== scale.difficulty.length) return null
  const responses = responsesOf(scoresOf(own, treatment, 'drop'))
  const [answers] = responses.models
  const ability = answers && abilityOn(scale.items, Float64Array.from(scale.difficulty), responses.items, answers)
  return ability ? { theta: ability.theta, half: Z * ability.sd, reference: scale.reference } : null
}
