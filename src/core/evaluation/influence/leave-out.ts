import { fitModel } from '../horizon/model-fit.ts'
import type { Profile } from '../horizon/profile.ts'
import type { Panel, PanelModel } from '../table/panel.ts'
import { withTasks } from './with-tasks.ts'

/** The horizon without one family or one task; minutes, null where nothing can be fitted or the curve does not fall. */
export interface LeftOut {
  readonly name: string
  readonly p50: number | null
  /** log2 of the change against all: positive where the horizon grows without it; null where either is. */
  readonly shift: number | null
}

/** p50 without each family in turn, families in the panel's order; those that the model never ran are not there. */
export function withoutFamilies(panel: Panel, model: PanelModel, profile: Profile): readonly LeftOut[] {
  const own = p50Of(panel, model, profile)
  return panel.families.flatMap((name, family) => {
    const keep = (task: number) => panel.tasks[task]?.family !== family
    const left = withTasks(panel, model, keep)
    return left.tasks.length === model.tasks.length ? [] : [leftOut(name, own, p50Of(panel, left, profile))]
  })
}

/** The tasks whose absence moves p50 most, at most `most`, the largest shift first. Costs one fit a task. */
export function influentialTasks(panel: Panel, model: PanelModel, profile: Profile, most: number): readonly LeftOut[] {
  const own = p50Of(panel, model, profile)
  const all = Array.from(model.tasks, (out) => {
    const left = withTasks(panel, model, (task) => task !== out)
    return leftOut(panel.tasks[out]?.task ?? '', own, p50Of(panel, left, profile))
  })
  const size = ({ shift }: LeftOut) => (shift === null ? Number.MAX_VALUE : Math.abs(shift))
  return all.sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1)).slice(0, most)
}

function p50Of(panel: Panel, model: PanelModel, profile: Profile): number | null {
  return fitModel(panel, model, profile).fit?.p50 ?? null
}

function leftOut(name: string, own: number | null, p50: number | null): LeftOut {
  return { name, p50, shift: own === null || p50 === null ? null : Math.log2(p50 / own) }
}
