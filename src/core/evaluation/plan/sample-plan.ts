import { PLAN_FORMAT, type Plan, usualMultiverse } from './plan.ts'

/** The suite that ships with the program, as its `suite.json` names it. */
export const SAMPLE_SUITE = { name: 'weir-sample', version: '1.0.0' } as const

/**
 * The plan that ships with the sample suite, its threshold published so that the whole path from run to outcome can be tried: half of
 * the tasks that take a person four hours. The number is this program's own example; no office has set it.
 */
export function samplePlan(version: string = SAMPLE_SUITE.version): Plan {
  return {
    format: PLAN_FORMAT,
    name: 'Sample suite, horizon of four hours',
    threshold: 'published',
    suite: { name: SAMPLE_SUITE.name, version },
    elicitation: null,
    method: { profile: 'metr-1.1', axis: 'stated', treatment: 'F', budget: null },
    criteria: [{ kind: 'horizon', at: 0.5, minutes: 240 }],
    combine: { rule: 'any' },
    level: 0.95,
    multiverse: usualMultiverse('stated'),
    mostFlips: 0.1,
    minimum: { tasks: 20, families: 3, missing: 0.1 },
  }
}
