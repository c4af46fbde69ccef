// Windows in custody: 20,000 simulated dockets (clock jumps, crashes, restarts, old files put back), and twenty storms of kills.
import { seeded } from '../../bench/shapes.ts'
import { killStorm } from '../custody/kill-storm.ts'
import { makeKit } from '../custody/kit.ts'
import { simulateDocket, type Tally } from '../custody/simulated-docket.ts'

const DOCKETS = Number(process.env['CUSTODY_DOCKETS'] ?? 20_000)
const STORMS = Number(process.env['CUSTODY_STORMS'] ?? 20)
const SEED = Number(process.env['CUSTODY_SEED'] ?? 100_000)

const kit = await makeKit()
const tally: Tally = { passed: 0, refused: 0, crashes: 0, restored: 0, latched: 0, damaged: 0, cut: 0 }
for (let n = 0; n < DOCKETS; n++) await simulateDocket(SEED + n, kit, tally)
console.log(`${DOCKETS} dockets: ${JSON.stringify(tally)}: no call passed after an end`)
for (let n = 0; n < STORMS; n++) await killStorm(8000, seeded(SEED + n), (line) => console.log(`storm ${n + 1}: ${line}`))
console.log('passed: no call reached the endpoint after an end, and every one that did is in a log')
