import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartRunSet } from '../contract/shapes/measurement.ts'
import { parseSuite } from '../core/evaluation/suite-file.ts'
import type { MeasurementDesk } from '../server/app/measurement/measurement-desk.ts'
import { startRunSet } from '../server/app/measurement/start-run-set.ts'
import { loadCast, must } from './docket-cast.ts'

const PROFILE = {
  name: 'plain',
  system: '',
  tools: ['run', 'read', 'write', 'submit'],
  temperature: null,
  maxOutputTokens: 16_000,
  limits: { tokens: 1_000_000, messages: 50, wallMs: 120_000, cost: null },
  safeguards: 'on',
} as const

/** Starts the demo's measurement as its run operator would: three tasks of each family of the suite in that folder. Throws with the refusal. */
export async function seedRuns(desk: MeasurementDesk, docket: string, suite: string): Promise<void> {
  const read = parseSuite(readFileSync(join(suite, 'suite.json'), 'utf8'))
  if (!read.ok) throw new Error(`the suite in ${suite} cannot be read at ${read.at}: ${read.say}`)
  // The shortest, one from the middle and the longest, so that there is a curve to see.
  const tasks = read.suite.families.flatMap(({ tasks: own }) => {
    const byTime = own.toSorted((a, b) => a.human.minutes - b.human.minutes)
    return [byTime[0], byTime[Math.floor(byTime.length / 2)], byTime.at(-1)].flatMap((task) => task?.id ?? [])
  })
  const asked = StartRunSet.parse({ suite: 'sample', tasks: [...new Set(tasks)], attempts: 1, profile: PROFILE })
  must(await startRunSet(desk, (await loadCast(desk))('deputy'), docket, asked), 'the runs')
}
