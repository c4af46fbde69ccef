import { canonicalText } from '../figures/canonical.ts'
import { MISSINGS, TREATMENTS } from '../result.ts'
import { AXES } from '../run-row.ts'
import { SuiteFault, SuiteReader } from '../suite-reader.ts'
import { type Combination, type Criterion, type MultiverseSet, PLAN_FORMAT, type Plan } from './plan.ts'

export type PlanRead =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly at: string; readonly say: string }

const MOST_CHARACTERS = 100_000
const MOST_CRITERIA = 20
const MOST_CELLS = 5000
const MOST_TOKENS = 100_000_000

/**
 * Reads a decision plan strictly: unknown fields, doubled criteria, a multiverse without the headline's own choice or of more than
 * 5,000 cells are refused. Hostile input: never throws, at most 100,000 characters.
 */
export function parsePlan(text: string): PlanRead {
  if (text.length > MOST_CHARACTERS) return { ok: false, at: 'plan', say: `It is longer than ${MOST_CHARACTERS} characters.` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, at: 'plan', say: 'This is not JSON.' }
  }
  try {
    return { ok: true, plan: readPlan(new SuiteReader(value, 'plan')) }
  } catch (error) {
    if (error instanceof SuiteFault) return { ok: false, at: error.at, say: error.message }
    throw error
  }
}

/** The bytes whose SHA-256 is the plan's digest: its canonical JSON in UTF-8. */
export function planBytes(plan: Plan): Uint8Array {
  return new TextEncoder().encode(canonicalText(plan))
}

function readPlan(reader: SuiteReader): Plan {
  const names = [
    'format',
    'name',
    'threshold',
    'suite',
    'elicitation',
    'method',
    'criteria',
    'combine',
    'level',
    'multiverse',
    'mostFlips',
  ]
  reader.only([...names, 'minimum'])
  const suite = reader.field('suite').only(['name', 'version'])
  const minimum = reader.field('minimum').only(['tasks', 'families', 'missing'])
  const criteria = reader.field('criteria').list(1, MOST_CRITERIA, readCriterion)
  const plan: Plan = {
    format: reader.field('format').choice([PLAN_FORMAT]),
    name: reader.field('name').text(200),
    threshold: reader.field('threshold').choice(['published', 'sealed']),
    suite: { name: suite.field('name').text(100), version: suite.field('version').text(64) },
    elicitation: reader.field('elicitation').value === null ? null : reader.field('elicitation').text(60),
    method: readMethod(reader.field('method')),
    criteria,
    combine: readCombination(reader.field('combine'), criteria.length),
    // The interval that the method gives; another level would need another method.
    level: share(reader.field('level'), 0.95, 0.95),
    multiverse: readMultiverse(reader.field('multiverse')),
    mostFlips: share(reader.field('mostFlips'), 0, 1),
    minimum: {
      tasks: minimum.field('tasks').whole(1, 1_000_000),
      families: minimum.field('families').whole(1, 100_000),
      missing: share(minimum.field('missing'), 0, 1),
    },
  }
  refuseWithoutHeadline(plan, reader)
  return plan
}

/** Reads a plan's method; throws `SuiteFault`. */
export function readMethod(reader: SuiteReader): Plan['method'] {
  reader.only(['profile', 'axis', 'treatment', 'budget'])
  return {
    profile: reader.field('profile').choice(['metr-1.1', 'metr-1.0']),
    axis: reader.field('axis').choice(AXES),
    treatment: reader.field('treatment').choice(TREATMENTS),
    budget: budget(reader.field('budget')),
  }
}

function readCriterion(reader: SuiteReader): Criterion {
  const kind = reader.field('kind').choice(['horizon', 'irt', 'range', 'sentinel'])
  if (kind === 'horizon') {
    reader.only(['kind', 'at', 'minutes'])
    return { kind, at: quantile(reader.field('at')), minutes: reader.field('minutes').above(0, 1e9) }
  }
  if (kind === 'irt') {
    reader.only(['kind', 'score', 'reference'])
    const reference = reader.field('reference').pattern(/^[0-9a-f]{64}$/, 'a SHA-256 in 64 hexadecimal digits')
    return { kind, score: share(reader.field('score'), -20, 20), reference }
  }
  const task = reader.field('task').text(200)
  if (kind === 'sentinel') {
    reader.only(['kind', 'task'])
    return { kind, task }
  }
  reader.only(['kind', 'task', 'k', 'n'])
  const n = reader.field('n').whole(1, 10_000)
  return { kind, task, k: reader.field('k').whole(1, n), n }
}

function readCombination(reader: SuiteReader, criteria: number): Combination {
  const rule = reader.field('rule').choice(['any', 'all', 'weighted'])
  if (rule !== 'weighted') {
    reader.only(['rule'])
    return { rule }
  }
  reader.only(['rule', 'weights', 'atLeast'])
  const weights = reader.field('weights').list(criteria, criteria, (weight) => weight.above(0, 1e6))
  return { rule, weights, atLeast: reader.field('atLeast').above(0, 1) }
}

/** Reads the other ways of analysis, at most 5,000 cells; throws `SuiteFault`. */
export function readMultiverse(reader: SuiteReader): MultiverseSet {
  reader.only(['lambdas', 'weights', 'axes', 'treatments', 'missing', 'budgets'])
  const set: MultiverseSet = {
    lambdas: reader.field('lambdas').list(1, 10, (one) => one.above(0, 1000)),
    weights: reader.field('weights').list(1, 2, (one) => one.choice(['inverse-root', 'equal'])),
    axes: reader.field('axes').list(1, AXES.length, (one) => one.choice(AXES)),
    treatments: reader.field('treatments').list(1, 3, (one) => one.choice(TREATMENTS)),
    missing: reader.field('missing').list(1, 3, (one) => one.choice(MISSINGS)),
    budgets: reader.field('budgets').list(1, 10, budget),
  }
  for (const [name, list] of Object.entries(set) as [string, readonly unknown[]][]) {
    if (new Set(list).size !== list.length) throw reader.field(name).fault('An entry is there twice.')
  }
  const cells = Object.values(set).reduce((product: number, list: readonly unknown[]) => product * list.length, 1)
  if (cells > MOST_CELLS) throw reader.fault(`It has ${cells} cells; at most ${MOST_CELLS}.`)
  return set
}

function refuseWithoutHeadline({ method, multiverse }: Plan, reader: SuiteReader): void {
  const own = multiverse.axes.includes(method.axis) && multiverse.treatments.includes(method.treatment)
  const lambda = method.profile === 'metr-1.1' ? 1e-5 : 0.1
  const rest = multiverse.lambdas.includes(lambda) && multiverse.weights.includes('inverse-root')
  if (own && rest && multiverse.missing.includes('drop') && multiverse.budgets.includes(method.budget)) return
  throw reader.field('multiverse').fault('It must hold the plan’s own axis, treatment, penalty, weights, budget and "drop".')
}

function budget(reader: SuiteReader): number | null {
  return reader.value === null ? null : reader.whole(1000, MOST_TOKENS)
}

function share(reader: SuiteReader, least: number, most: number): number {
  const { value } = reader
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw reader.fault(`Write a number, ${least} to ${most}.`)
}

function quantile(reader: SuiteReader): 0.5 | 0.8 {
  if (reader.value === 0.5 || reader.value === 0.8) return reader.value
  throw reader.fault('Write 0.5 or 0.8.')
}
