import type { Tally } from '../../../contract/shapes/public.ts'

type Step = Tally['steps'][number]

/** The first steps as a sentence: `412 findings received, 37 flaws found, 6 judged by a person`. Counts under five are not told. */
export function sentence(steps: readonly Step[]): string {
  if (steps.every((step) => step.count === 0)) return 'No report was counted yet'
  const text = steps
    .slice(0, 3)
    .map(
      ({ step, count }) =>
        `${count === null ? 'fewer than 5' : count.toLocaleString('en-GB')} ${step.charAt(0).toLowerCase()}${step.slice(1)}`,
    )
    .join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
