import type { Ran } from '../ask.ts'
import { inertLine, textOf } from '../run/inert.ts'

const LOOKED_AT = 512 * 1024
const TELLING = /\b(?:error|fatal|undefined reference|no such file|not found|cannot|failed|denied|unrecognized|Traceback)\b/i
const LINE = 200

/** Why a build ended as it did, in words: what stopped it, else its first lines that speak of an error, inert. */
export function whyNotBuilt(ran: Ran): string {
  if (ran.end.how !== 'ended') return `It was ended by ${STOPPED[ran.end.how] ?? ran.end.how}.`
  const exit = ran.end.signal === null ? `exit code ${ran.end.exit}` : ran.end.signal
  const lines = [...textOf(ran.stderr, LOOKED_AT).split('\n'), ...textOf(ran.stdout, LOOKED_AT).split('\n')]
  const telling = lines.filter((line) => TELLING.test(line.slice(0, 1000))).slice(0, 3)
  const chosen = telling.length > 0 ? telling : lines.filter((line) => line.trim() !== '').slice(-3)
  const said = chosen.map((line) => inertLine(line, LINE)).join(' · ')
  return said === '' ? `It ended with ${exit} and said nothing.` : `It ended with ${exit}: ${said}`
}

/** What ended a run from outside, in words. */
export const STOPPED: Readonly<Record<string, string>> = {
  'wall-time': 'its limit of time',
  'cpu-time': 'its limit of CPU time',
  memory: 'its limit of memory',
  files: 'its limit of files',
  closed: 'the closing of its sandbox',
  lost: 'the loss of its sandbox',
}
