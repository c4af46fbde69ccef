import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { Directive } from '../../core/exposure/directives/directive.ts'
import { parsePolicy } from '../../core/exposure/directives/policy/parse-policy.ts'
import { DIRECTIVES } from '../../core/exposure/directives/registry.ts'
import { DISTRIBUTION_NAMES, type Distribution, parseDistribution, readOsRelease } from '../../core/exposure/distribution.ts'
import { type Instant, instant, parseInstant } from '../../core/kernel/instant.ts'
import { EXIT, Stop } from '../exit.ts'
import { HERE } from '../root.ts'
import { inert } from '../text/inert.ts'

export const FAIL_ON = ['late', 'soon', 'any', 'never'] as const
export type FailOn = (typeof FAIL_ON)[number]

/** What `weir exposure` was asked, as commander gives it. */
export interface ExposureOptions {
  readonly feed?: readonly string[]
  readonly feedKey?: string
  readonly state: string
  readonly cache: string
  readonly exposed?: boolean
  readonly tags?: string
  readonly distro?: string
  readonly directive: string
  readonly clock: 'from-first' | 'from-change'
  readonly identified?: Instant
  readonly bound?: boolean
  readonly vex?: readonly string[]
  readonly kev?: string
  readonly epss?: string
  readonly ssvc?: string
  readonly by: 'due' | 'asset'
  readonly why?: string
  readonly json?: boolean
  readonly sarif?: string
  readonly vexOut?: string
  readonly rest?: string
  readonly edgeDevices?: string
  readonly failOn: FailOn
}

/** `yes` or `no`. */
export function readYesNo(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes'
  throw new InvalidArgumentError('It is yes or no.')
}

/** A day (`2026-11-21`, its beginning in UTC) or an RFC 3339 instant. */
export function readDay(text: string): Instant {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : parseInstant(text)
  if (at !== null) return at
  throw new InvalidArgumentError('It is a day such as 2026-11-21, or an instant of RFC 3339.')
}

/** One of several words. */
export function readWord<T extends string>(words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text)
    if (found !== undefined) return found
    throw new InvalidArgumentError(`It is one of ${words.join(', ')}.`)
  }
}

/** The rule by its id, or read from the file of that name. Throws Stop on what is neither. */
export function readDirective(text: string): Directive {
  const known = DIRECTIVES.find(({ id }) => id === text)
  if (known !== undefined) return known
  const read = parsePolicy(readGiven(text, `${DIRECTIVES.map(({ id }) => id).join(', ')}, or a file with your own policy`))
  if (read.ok) return read.directive
  const [first] = read.problems
  throw new Stop(
    EXIT.badInput,
    `${inert(text)}: ${inert(`${first?.at ?? ''} ${first?.says ?? ''}`.trim())}.`,
    'See docs/obligations.md.',
  )
}

/** The distribution by its name and release, or as an os-release file says it. Throws Stop on what is neither. */
export function readDistro(text: string): Distribution {
  const isFile = /[/\\.]/.test(text) && existsSync(resolve(HERE, text))
  const read = isFile ? readOsRelease(readGiven(text, 'an os-release file')) : parseDistribution(text)
  if (read !== null) return read
  throw new Stop(
    EXIT.badInput,
    isFile ? `${inert(text)} says no distribution that is known here.` : `"${inert(text)}" is no distribution and release.`,
    `Give it like debian:12, or the machine's own /etc/os-release. Known: ${DISTRIBUTION_NAMES.join(', ')}.`,
  )
}

/** The text of a file that was named; throws Stop, saying what could have been named. */
export function readGiven(file: string, what: string): string {
  try {
    const bytes = readFileSync(resolve(HERE, file))
    if (bytes.length > 32 << 20) throw new Stop(EXIT.badInput, `${inert(file)} is larger than 32 MiB.`)
    return bytes.toString('utf8')
  } catch (error) {
    if (error instanceof Stop) throw error
    throw new Stop(EXIT.badInput, `${inert(file)} cannot be read (${(error as NodeJS.ErrnoException).code}).`, `It is ${what}.`)
  }
}

/** The beginning of the day in UTC, or the instant itself, from which flaws count as found; now, where nobody said. */
export function identifiedAt(given: Instant | undefined, now: number): Instant {
  return given ?? instant(now)
}
