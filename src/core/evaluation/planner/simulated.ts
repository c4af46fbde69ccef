import type { Generator } from '../resample/generator.ts'
import type { Curve } from '../result.ts'
import { headline } from '../table/choice.ts'
import type { Panel, PanelModel, PanelTask } from '../table/panel.ts'
import { normalDraw, uniform } from './noise.ts'

/** What is taken to be true: the curve, and how much tasks and families differ around it, in logits. */
export interface Truth extends Curve {
  readonly taskSd: number
  readonly familySd: number
}

/** Spread found usual for one suite of agentic tasks: task SD 1.5, family SD 1 (logits). Assumed, and printed where it is used. */
export const USUAL_NOISE = { taskSd: 1.5, familySd: 1 } as const

export interface Design {
  /** Stands by family. */
  readonly tasks: readonly PanelTask[]
  readonly families: number
  /** Attempts at each task. */
  readonly runs: readonly number[]
}

/** The design of a panel's model: its own tasks and attempts. */
export function designOf(panel: Panel, model: PanelModel): Design {
  const own = Array.from(model.tasks, (at) => panel.tasks[at]).filter((task): task is PanelTask => task !== undefined)
  const names = [...new Set(own.map(({ family }) => family))]
  const at = new Map(names.map((family, index) => [family, index]))
  const runs = Array.from(model.tasks, (_, i) => (model.starts[i + 1] ?? 0) - (model.starts[i] ?? 0))
  return { tasks: own.map((task) => ({ ...task, family: at.get(task.family) ?? 0 })), families: names.length, runs }
}

/** Outcomes of one invented model at a design, as the panel that a fit reads. */
export function simulate(
  design: Design,
  truth: Truth,
  random: Generator,
): { readonly panel: Panel; readonly model: PanelModel } {
  const familyEffect = Array.from({ length: design.families }, () => truth.familySd * normalDraw(random))
  const starts = new Int32Array(design.tasks.length + 1)
  const scores = new Float64Array(design.runs.reduce((sum, runs) => sum + runs, 0))
  let run = 0
  let successes = 0
  design.tasks.forEach(({ family, x }, i) => {
    const logit = truth.slope * x + truth.intercept + (familyEffect[family] ?? 0) + truth.taskSd * normalDraw(random)
    const chance = 1 / (1 + Math.exp(-logit))
    for (let k = design.runs[i] ?? 0; k > 0; k--) {
      const score = uniform(random) < chance ? 1 : 0
      scores[run++] = score
      successes += score
    }
    starts[i + 1] = run
  })
  const counts = { missing: 0, repeated: 0, suspected: 0, confirmed: 0, untimed: 0, censored: 0, broken: 0 }
  const model: PanelModel = {
    model: 'simulated',
    tasks: Int32Array.from(design.tasks, (_, i) => i),
    starts,
    scores,
    stated: null,
    counts: { ...counts, runs: run, tasks: design.tasks.length, families: design.families, successes },
  }
  const families = Array.from({ length: design.families }, (_, n) => String(n))
  return { panel: { choice: headline('stated'), families, tasks: design.tasks, models: [model] }, model }
}
