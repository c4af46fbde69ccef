// 50,000 histories of an organisation: no clock starts again, and nothing opens, settles, moves or goes without a reason.
import fc from 'fast-check'
import { storyStep, tellStory } from '../../src/devkit/obligation-story.ts'

const STORIES = Number(process.env['OBLIGATION_STORIES'] ?? 50_000)
const SEED = Number(process.env['OBLIGATION_SEED'] ?? Date.now() % 1_000_000)
const MOST_STEPS = 40

let owed = 0
const began = performance.now()
const told = fc.asyncProperty(fc.array(storyStep, { minLength: 1, maxLength: MOST_STEPS }), async (steps) => {
  owed += await tellStory(steps)
})
const ended = await fc.check(told, { numRuns: STORIES, seed: SEED })
const seconds = (performance.now() - began) / 1000
console.log(`seed ${SEED}: ${ended.numRuns} histories, ${owed} obligations looked at, ${seconds.toFixed(0)} s`)
if (ended.failed) console.log(fc.defaultReportMessage(ended))
process.exit(ended.failed || owed === 0 ? 1 : 0)
