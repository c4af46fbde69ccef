import type { SandboxRequest } from '../../core/sandbox/contract.ts'
import { Refused } from '../refused.ts'
import { bad, entry, execSpec, fields, fillLimits, openSpec, path, runSpec, whole, writable } from './shape.ts'

/** The most bytes of one request that are taken. */
const MOST_BYTES = 2 ** 36

const BOX = /^[A-Za-z0-9._-]{1,100}$/

/** What can be told of a line before it is understood: its number, and how many bytes follow. */
export interface Envelope {
  readonly n: number
  readonly bytes: number
  readonly fields: Readonly<Record<string, unknown>>
}

/** Reads a line as far as is needed to answer it and to find the next one. Throws a refusal where it is no object in JSON. */
export function readEnvelope(line: string): Envelope {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw bad('the line is not JSON')
  }
  const given = fields(value, 'the request')
  const n = Number.isSafeInteger(given['n']) ? (given['n'] as number) : 0
  const bytes = given['bytes']
  const follows = typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 0
  return { n, bytes: follows, fields: given }
}

/** The request itself; throws a refusal that says what is wrong with it. */
export function readRequest({ n, bytes, fields: given }: Envelope): SandboxRequest {
  if (bytes > MOST_BYTES) throw new Refused('sandbox.too-large', `at most ${MOST_BYTES} bytes may follow`)
  if (given['n'] !== n) throw bad('n is not a whole number')
  if (given['bytes'] !== undefined && given['bytes'] !== bytes) throw bad('bytes is not a whole number')
  switch (given['do']) {
    case 'tiers':
      return { n, do: 'tiers' }
    case 'open':
      return { n, do: 'open', box: box(given), spec: openSpec(given['spec']) }
    case 'put':
      return { n, do: 'put', box: box(given), at: given['at'] === '/' ? '/' : writable(given['at'], 'at'), bytes }
    case 'exec':
      return { n, do: 'exec', box: box(given), spec: execSpec(given['spec']), bytes }
    case 'get':
      return { n, do: 'get', box: box(given), path: path(given['path'], 'path') }
    case 'keep':
      return { n, do: 'keep', box: box(given), path: path(given['path'], 'path'), entry: entry(given['entry'], 'entry') }
    case 'close':
      return { n, do: 'close', box: box(given) }
    case 'run': {
      const spec = runSpec(given['spec'])
      whole(spec.put + spec.stdin, 'spec.put and spec.stdin together', bytes, bytes)
      return { n, do: 'run', box: box(given), spec, bytes }
    }
    case 'has':
    case 'drop':
      return { n, do: given['do'], entry: entry(given['entry'], 'entry') }
    case 'fill':
      return { n, do: 'fill', entry: entry(given['entry'], 'entry'), limits: fillLimits(given['limits']), bytes }
    default:
      throw bad('there is no such request')
  }
}

function box(given: Readonly<Record<string, unknown>>): string {
  const name = given['box']
  if (typeof name !== 'string' || !BOX.test(name)) throw bad('box is not a name of letters, digits, dots and dashes')
  return name
}
