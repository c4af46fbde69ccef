import type { Panel, PanelModel } from '../table/panel.ts'
import type { Bin } from './shape.ts'

/** Success by human time, tasks grouped by factors of four: 1 to 4 minutes, 4 to 16 and so on. Empty bins are left out. */
export function binsOf(panel: Panel, model: PanelModel): readonly (Bin & { readonly names: readonly string[] })[] {
  const bins = new Map<number, { names: string[]; runs: number; sum: number }>()
  model.tasks.forEach((at, i) => {
    const task = panel.tasks[at]
    if (!task) return
    const bin = Math.floor(task.x / 2)
    const into = bins.get(bin) ?? { names: [], runs: 0, sum: 0 }
    bins.set(bin, into)
    const from = model.starts[i] ?? 0
    const to = model.starts[i + 1] ?? from
    let solved = 0
    for (let run = from; run < to; run++) solved += model.scores[run] ?? 0
    into.names.push(task.task)
    into.runs += to - from
    into.sum += solved / (to - from)
  })
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, { names, runs, sum }]) => ({
      from: 4 ** bin,
      to: 4 ** (bin + 1),
      tasks: names.length,
      runs,
      success: sum / names.length,
      names,
    }))
}
