import { exitOf, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'

const MENDS: Record<string, string> = {
  'session.required': 'Give a token: --token, or WEIR_TOKEN in the environment.',
  'session.not-accepted': 'Make a new one: weir token make, or the page "Tokens".',
  'quota.exceeded': 'Ask the operator for a larger quota, or go on tomorrow: the same command continues where it stopped.',
  'report.unknown-format': 'Say which it is with --format.',
}

/** What a refused request says, as the end of the command: RFC 9457 when it is one, else the status. Hostile. */
export function readProblem(status: number, body: Uint8Array): Stop {
  const problem = parse(body)
  const code = text(problem['code']) ?? ''
  const title = text(problem['title']) ?? `The server answered ${status}`
  const detail = text(problem['detail'])
  const where = text(problem['where'])
  const say = [
    title.replace(/\.$/, ''),
    ...(detail === null ? [] : [detail.replace(/\.$/, '')]),
    ...(where === null ? [] : [`at ${where}`]),
  ]
  const trace = text(problem['trace'])
  const mend = Object.hasOwn(MENDS, code)
    ? MENDS[code]!
    : trace === null
      ? null
      : `The operator finds it in the log by ${inert(trace, 40)}.`
  return new Stop(exitOf(code, status), `${inert(say.join('. '))}.`, mend)
}

function parse(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
