import type { Generator } from '../resample/generator.ts'

const FINE = 1 << 20

/** A number in (0, 1), never an end of it. */
export function uniform(random: Generator): number {
  return (random.below(FINE) + (random.below(FINE) + 0.5) / FINE) / FINE
}

/** A standard normal number (Box and Muller 1958). */
export function normalDraw(random: Generator): number {
  return Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random))
}
