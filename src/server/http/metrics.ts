import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'weir_' })

/** Labels are closed words only: never an id, a name or anything a report said. */
export const itemsTaken = new Counter({
  name: 'weir_intake_items_total',
  help: 'Items of reports, by outcome',
  labelNames: ['outcome'],
  registers: [registry],
})
export const findingsGrouped = new Counter({
  name: 'weir_findings_grouped_total',
  help: 'Findings put into flaws',
  registers: [registry],
})
export const answersSent = new Counter({
  name: 'weir_http_answers_total',
  help: 'Answers by method and class of status',
  labelNames: ['method', 'status'],
  registers: [registry],
})
export const answerSeconds = new Histogram({
  name: 'weir_http_answer_seconds',
  help: 'Time to the answer head',
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2],
  registers: [registry],
})

export async function metricsText(): Promise<string> {
  return await registry.metrics()
}
