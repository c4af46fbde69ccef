import type { AttemptLimits, AttemptsJob, Prices, Profile } from '../../contract/attempts.ts'
import { ENDPOINT_APIS } from '../../contract/custody.ts'
import { isTool } from './tool-specs.ts'

const MOST_TASKS = 20_000
const MOST_ATTEMPTS = 1000
const MOST_AT_ONCE = 64
const MOST_DONE = 2_000_000
const MOST_TEXT = 200_000

/** An AttemptsJob out of a line of standard input; null where it is none, or asks for what cannot be. */
export function readAttemptsJob(line: string): AttemptsJob | null {
  let job: AttemptsJob
  try {
    job = JSON.parse(line) as AttemptsJob
  } catch {
    return null
  }
  try {
    return isJob(job) ? job : null
  } catch {
    // A part that is not there at all.
    return null
  }
}

function isJob(job: AttemptsJob): boolean {
  const { endpoint } = job
  return (
    text(job.suite, 4096) &&
    (job.tasks === null || texts(job.tasks, MOST_TASKS)) &&
    whole(job.attempts, 1, MOST_ATTEMPTS) &&
    whole(job.repeats, 0, 20) &&
    /^[0-9a-f]{64}$/.test(job.runKey) &&
    isProfile(job.profile) &&
    (job.prices === null || arePrices(job.prices)) &&
    whole(job.atOnce, 1, MOST_AT_ONCE) &&
    ENDPOINT_APIS.includes(endpoint.api) &&
    text(endpoint.base, 2000) &&
    isWeb(endpoint.base) &&
    text(endpoint.model, 300) &&
    text(endpoint.secret, 10_000) &&
    texts(job.done, MOST_DONE)
  )
}

function isProfile({ name, system, tools, temperature, maxOutputTokens, limits, safeguards }: Profile): boolean {
  return (
    text(name, 200) &&
    typeof system === 'string' &&
    system.length <= MOST_TEXT &&
    Array.isArray(tools) &&
    tools.every(isTool) &&
    tools.includes('submit') &&
    new Set(tools).size === tools.length &&
    (temperature === null || (number(temperature, 0) && temperature <= 2)) &&
    whole(maxOutputTokens, 1, 10_000_000) &&
    areLimits(limits) &&
    (safeguards === 'on' || safeguards === 'off')
  )
}

const areLimits = ({ tokens, messages, wallMs, cost }: AttemptLimits) =>
  whole(tokens, 1, 1e12) &&
  whole(messages, 1, 1_000_000) &&
  whole(wallMs, 1, 30 * 86_400_000) &&
  (cost === null || number(cost, 0))
const arePrices = ({ input, output }: Prices) => number(input, 0) && number(output, 0)

const number = (value: unknown, least: number) => typeof value === 'number' && Number.isFinite(value) && value >= least
const whole = (value: unknown, least: number, most: number) =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
const text = (value: unknown, most: number) => typeof value === 'string' && value.length > 0 && value.length <= most
const texts = (value: unknown, most: number) =>
  Array.isArray(value) && value.length <= most && value.every((one) => text(one, 400))
const isWeb = (base: string) => URL.canParse(base) && /^https?:$/.test(new URL(base).protocol)
