import { TIERS } from '../../core/sandbox/tier.ts'
import type { ProofSettings } from '../../core/validation/proof.ts'
import { Failure } from '../failure.ts'

type Range = readonly [least: number, most: number]

/** Least and most of each setting. */
const RANGES: Readonly<Record<Exclude<keyof ProofSettings, 'floor'>, Range>> = {
  runs: [3, 20],
  variants: [0, 2000],
  refuzzSeconds: [0, 600],
  minimiseRuns: [0, 5000],
  rangeBuilds: [0, 200],
  seed: [0, 2 ** 31],
}

/** Settings as they were given on the command line or by a server; throws Failure for one that is none. */
export function readSettings(given: Readonly<Record<string, number | string>>): Partial<ProofSettings> {
  const out: Record<string, number | string> = {}
  for (const [name, value] of Object.entries(given)) {
    if (name === 'floor') {
      if (!(TIERS as readonly unknown[]).includes(value)) throw bad(name, `one of ${TIERS.join(', ')}`)
    } else {
      const range = Object.hasOwn(RANGES, name) ? RANGES[name as keyof typeof RANGES] : null
      if (range === null) throw new Failure('proof.bad-setting', `There is no setting "${name}".`)
      if (typeof value !== 'number' || !Number.isInteger(value) || value < range[0] || value > range[1])
        throw bad(name, `a whole number from ${range[0]} to ${range[1]}`)
    }
    out[name] = value
  }
  return out
}

const bad = (name: string, is: string) => new Failure('proof.bad-setting', `"${name}" is ${is}.`, { where: `--${name}` })
