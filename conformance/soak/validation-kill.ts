import { storm } from '../validation/kills.ts'

// Kills runner, sandbox process or server with -9 at random moments while validations run, 100 times; each must end exactly once.

const kills = Number(process.env['KILL_TIMES'] ?? 100)
const seed = Number(process.env['KILL_SEED'] ?? 1)
const calm = await storm({ jobs: 20, kills, seed, tell: (line) => console.log(line) })
console.log(`${calm.done} done, ${calm.lost} given up after three lost runners, killed ${JSON.stringify(calm.killed)}`)
console.log('passed: nothing lost, nothing twice, nothing left behind')
