import type { Panel, PanelModel } from '../table/panel.ts'

/** A model's scores at the tasks that `keep` answers true for (index into the panel's tasks), counted anew. */
export function withTasks(panel: Panel, model: PanelModel, keep: (task: number) => boolean): PanelModel {
  const tasks: number[] = []
  const starts = [0]
  const scores: number[] = []
  const stated: number[] = []
  model.tasks.forEach((task, i) => {
    if (!keep(task)) return
    tasks.push(task)
    for (let run = model.starts[i] ?? 0; run < (model.starts[i + 1] ?? 0); run++) {
      scores.push(model.scores[run] ?? 0)
      if (model.stated !== null) stated.push(model.stated[run] ?? 0)
    }
    starts.push(scores.length)
  })
  return {
    model: model.model,
    tasks: Int32Array.from(tasks),
    starts: Int32Array.from(starts),
    scores: Float64Array.from(scores),
    stated: model.stated === null ? null : Float64Array.from(stated),
    counts: {
      ...model.counts,
      runs: scores.length,
      tasks: tasks.length,
      families: new Set(tasks.map((task) => panel.tasks[task]?.family)).size,
      successes: scores.reduce((sum, score) => sum + score, 0),
    },
  }
}
