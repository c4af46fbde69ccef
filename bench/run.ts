import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { benchCases } from './cases.ts'
import { benchDump } from './dump.ts'
import { benchEvaluation } from './evaluation.ts'
import { benchExposure } from './exposure.ts'
import { benchExposureLarge } from './exposure-large.ts'
import { benchExposurePeers } from './exposure-peers.ts'
import { benchFeeds } from './feeds.ts'
import { benchFleet } from './fleet.ts'
import { benchFlood } from './flood.ts'
import { benchHosted } from './hosted.ts'
import { benchIntake } from './intake.ts'
import { benchLetters } from './letters.ts'
import { benchObligations } from './obligations.ts'
import { benchQueue } from './queue-page.ts'
import { benchRecords } from './records.ts'
import { benchScans } from './scans.ts'
import { benchValidation } from './validation.ts'
import { benchVersions } from './versions.ts'

// npm run bench [-- intake:10000 intake:100000 intake:1000000 queue validation evaluation feeds letters flood scans cases obligations versions exposure:10000000 exposure-large:250 records hosted:100 fleet:1000 dump:250000 exposure-peers]: prints a table and writes bench/results/<time>.json.

const wanted = process.argv.slice(2)
const names =
  wanted.length > 0
    ? wanted
    : [
        'intake:10000',
        'intake:100000',
        'intake:1000000',
        'queue',
        'validation',
        'evaluation',
        'feeds',
        'letters',
        'flood',
        'scans',
        'cases',
        'obligations',
        'versions',
        'exposure:10000000',
        'exposure-large:250',
        'records',
        'hosted:100',
        'fleet:1000',
        'dump:250000',
      ]
const rows: Record<string, unknown>[] = []

/** Keeps a row and prints it at once: the larger runs take minutes. */
function tell(row: object): void {
  rows.push({ ...row })
  console.log(
    Object.entries(row)
      .map(([key, value]) => `${key} ${String(value)}`)
      .join('   '),
  )
}

for (const name of names) {
  const [kind, size] = name.split(':')
  process.stderr.write(`bench ${name}\n`)
  if (kind === 'intake') tell(await benchIntake(Number(size ?? 10_000)))
  else if (kind === 'queue') for (const row of await benchQueue(Number(size ?? 20_000))) tell(row)
  else if (kind === 'validation') for await (const row of benchValidation()) tell(row)
  else if (kind === 'evaluation') for await (const row of benchEvaluation()) tell(row)
  else if (kind === 'feeds') for (const row of benchFeeds(Number(size ?? 5_000))) tell(row)
  else if (kind === 'letters') for (const row of await benchLetters(Number(size ?? 1_000))) tell(row)
  else if (kind === 'flood') for (const row of benchFlood()) tell(row)
  else if (kind === 'scans') for await (const row of benchScans(Number(size ?? 10_000))) tell(row)
  else if (kind === 'obligations') for (const row of benchObligations()) tell(row)
  else if (kind === 'cases') for await (const row of benchCases(Number(size ?? 1_000))) tell(row)
  else if (kind === 'versions') for (const row of benchVersions()) tell(row)
  else if (kind === 'exposure') for (const row of benchExposure(Number(size ?? 10_000_000))) tell(row)
  else if (kind === 'exposure-large') for (const row of benchExposureLarge(Number(size ?? 250))) tell(row)
  else if (kind === 'exposure-peers') for (const row of benchExposurePeers()) tell(row)
  else if (kind === 'hosted') for await (const row of benchHosted(Number(size ?? 100))) tell(row)
  else if (kind === 'dump') for await (const row of benchDump(Number(size ?? 250_000))) tell(row)
  else if (kind === 'fleet') for await (const row of benchFleet(Number(size ?? 1_000))) tell(row)
  else if (kind === 'records') for await (const row of benchRecords()) tell(row)
  else throw new Error(`no bench is called ${name}`)
}
const intakes = rows.filter((row) => row['bench'] === 'intake')
if (intakes.length > 1) {
  const cost = (row: Record<string, unknown>) => Number(row['perFindingMicroseconds'])
  console.log(`cost per finding, largest against smallest run: ${(cost(intakes.at(-1)!) / cost(intakes[0]!)).toFixed(2)}`)
}
const folder = join(import.meta.dirname, 'results')
mkdirSync(folder, { recursive: true })
const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.json`)
writeFileSync(
  file,
  JSON.stringify(
    {
      at: new Date().toISOString(),
      node: process.version,
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      rows,
    },
    null,
    2,
  ),
)
console.log(`written to ${file}`)
