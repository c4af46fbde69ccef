import type { ServerResponse } from 'node:http'
import { CALL_REFUSALS, type CallRefusal } from '../../contract/custody.ts'

const SAY: Record<CallRefusal, string> = {
  'window.not-open': 'The access window of this docket is not open.',
  'window.ended': 'The access window of this docket has ended.',
  'window.clock-unsure': 'The database’s clock has not been heard of lately, so no call passes.',
  'grant.unknown': 'This grant is not known here.',
  'call.not-allowed': 'The endpoint’s API has no such call.',
  'call.too-large': 'The request is larger than what is passed on.',
  'endpoint.unreachable': 'The endpoint could not be reached, or answered with a redirect.',
}

/** Answers a call with a refusal instead of the endpoint; an answer that has begun is cut off. */
export function refuseCall(response: ServerResponse, code: CallRefusal): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const body = JSON.stringify({ error: { type: code, message: SAY[code] } })
  // `x-should-retry` is what the usual client libraries look at before they repeat a call.
  const again = code === 'window.clock-unsure' || code === 'endpoint.unreachable'
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-should-retry': String(again),
  }
  response.writeHead(CALL_REFUSALS[code], { ...headers, connection: 'close' })
  response.end(body)
}
