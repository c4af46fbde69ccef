import { resolve } from 'node:path'
import { columns } from './checks/columns.ts'
import type { Check } from './checks/complaint.ts'
import { documents } from './checks/documents.ts'
import { examples } from './checks/examples.ts'
import { exits } from './checks/exits.ts'
import { lock } from './checks/lock.ts'
import { matrix } from './checks/matrix.ts'
import { names } from './checks/names.ts'
import { purity } from './checks/purity.ts'
import { sizes } from './checks/sizes.ts'
import { style, types, unused } from './checks/tools.ts'
import { walls } from './checks/walls.ts'
import { words } from './checks/words.ts'

// npm run check [-- NAME…]: all checks, or the named ones. Every complaint is printed; one is enough to fail.
const CHECKS: Readonly<Record<string, Check>> = {
  walls,
  purity,
  exits,
  sizes,
  words,
  lock,
  columns,
  documents,
  names,
  style,
  types,
  examples,
  matrix,
  unused,
}

const root = resolve(import.meta.dirname, '..')
const chosen = process.argv.slice(2)
const strange = chosen.filter((name) => !(name in CHECKS))

if (strange.length > 0) {
  process.stderr.write(
    `npm run check: there is no check "${strange.join('", "')}". Checks: ${Object.keys(CHECKS).join(', ')}\n`,
  )
  process.exitCode = 2
} else {
  let total = 0
  for (const [name, check] of Object.entries(CHECKS)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    const began = performance.now()
    const complaints = check(root)
    total += complaints.length
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    process.stdout.write(
      `${name.padEnd(10)} ${complaints.length === 0 ? 'holds' : `${complaints.length} to mend`}  (${seconds} s)\n`,
    )
    for (const { at, says } of complaints) process.stdout.write(`  ${at}: ${says}\n`)
  }
  process.stdout.write(total === 0 ? 'every check holds\n' : `${total} to mend\n`)
  process.exitCode = total === 0 ? 0 : 1
}
