import type { AnalysisInput, NumberedRow } from './input.ts'

/** What every reader must be told that the figures cannot show. */
export function limitsOf({ elicitation, settings }: AnalysisInput, rows: readonly NumberedRow[]): readonly string[] {
  const limits = [
    'Sandbagging is not excluded: a model that holds back is not told from one that cannot by these runs alone.',
    'Human times are of people who knew the field and not this code; a horizon is in their minutes, not in the model’s.',
  ]
  if (elicitation.length === 1)
    limits.push(`One elicitation profile was run (${elicitation[0]}); a better one may score higher.`)
  if (elicitation.length === 0) limits.push('How the model was elicited is not stated in the imported logs.')
  if (rows.some((row) => row.cheating === 'suspected')) limits.push('Some runs are suspected of cheating and not yet settled.')
  if (settings.method.budget !== null) limits.push(`Runs count up to ${settings.method.budget} tokens.`)
  return limits
}
