import type { CustodyRequest } from '../contract/custody.ts'
import { isInstant } from '../core/docket/custody-clock.ts'
import { isPlain, type Plain, readJson } from './keep/parse.ts'
import { parseEndpoint } from './keep/record.ts'

const MOST_SEALED = 65_536

/** A request as a line tells it, or what stands in its way; `n` is null where even that cannot be read. */
export type ReadRequest =
  | { readonly ok: true; readonly request: CustodyRequest }
  | { readonly ok: false; readonly n: number | null; readonly code: 'custody.bad-request' | 'custody.bad-endpoint' }

/** Reads one line of standard input, which is hostile until it has its shape. */
export function readRequest(line: string): ReadRequest {
  const value = readJson(line)
  const n = isPlain(value) && Number.isSafeInteger(value['n']) ? (value['n'] as number) : null
  if (n === null || !isPlain(value)) return { ok: false, n, code: 'custody.bad-request' }
  const request = shaped(value, n)
  if (request !== null) return { ok: true, request }
  const endpoint = value['do'] === 'register' && parseEndpoint(value['endpoint']) === null
  return { ok: false, n, code: endpoint ? 'custody.bad-endpoint' : 'custody.bad-request' }
}

function shaped(value: Plain, n: number): CustodyRequest | null {
  const { docket, sealed, purpose, opens, ends, latest, database, after, why } = value
  if (value['do'] === 'recipient') return { n, do: 'recipient' }
  if (value['do'] === 'clock') return isInstant(database) ? { n, do: 'clock', database } : null
  if (typeof docket !== 'string' || docket.length > 64) return null
  switch (value['do']) {
    case 'register': {
      const endpoint = parseEndpoint(value['endpoint'])
      return endpoint !== null && isSealed(sealed) ? { n, do: 'register', docket, endpoint, sealed } : null
    }
    case 'rotate':
      return isSealed(sealed) ? { n, do: 'rotate', docket, sealed } : null
    case 'window':
      return isInstant(opens) && isInstant(ends) && isInstant(latest) ? { n, do: 'window', docket, opens, ends, latest } : null
    case 'grant':
    case 'end-grant':
      return isPurpose(purpose) ? { n, do: value['do'], docket, purpose } : null
    case 'shut':
      return why === 'withdrawn' || why === 'closing' ? { n, do: 'shut', docket, why } : null
    case 'log':
      return Number.isSafeInteger(after) && (after as number) >= 0 ? { n, do: 'log', docket, after: after as number } : null
    case 'probe':
    case 'erase':
    case 'status':
      return { n, do: value['do'], docket }
    default:
      return null
  }
}

// Both go into the log and into file names' neighbourhood: printable, short, no more than an id needs.
function isPurpose(value: unknown): value is string {
  return typeof value === 'string' && /^[\w:.#/-]{1,100}$/.test(value)
}

function isSealed(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_SEALED && /^[A-Za-z0-9+/]+={0,2}$/.test(value)
}
