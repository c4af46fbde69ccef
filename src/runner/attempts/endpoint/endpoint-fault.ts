/**
 * `over`: nothing will pass any more, the run set ends. `too-long`: the conversation is longer than the model takes. `again`: it may
 * pass when asked again. `never`: the same question will not pass.
 */
export type FaultKind = 'over' | 'too-long' | 'again' | 'never'

/** Why a call brought no answer; its words may hold the endpoint's own, cut. */
export class EndpointFault extends Error {
  readonly kind: FaultKind
  /** What the endpoint asked to wait, milliseconds. */
  readonly waitMs: number | null
  constructor(kind: FaultKind, say: string, waitMs: number | null = null) {
    super(say)
    this.kind = kind
    this.waitMs = waitMs
  }
}

/** A refusal over HTTP, as far as it was read. */
export interface HttpRefusal {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: string
}

const KEPT_WORDS = 300
const TOO_LONG =
  /context.?length|maximum context|prompt is too long|too many (?:input )?tokens|call\.too-large|input length and/i
/** What the custodian says when a window or a grant is over. */
const OVER = /^(?:window\.(?:ended|not-open)|grant\.unknown)$/
const AGAIN = new Set([408, 409, 425, 429])

/** What a status and a body mean; `now` in epoch milliseconds is for a Retry-After that names an instant. */
export function faultOf({ status, retryAfter, body }: HttpRefusal, now: number): EndpointFault {
  const { type, message } = errorIn(body)
  const say = `HTTP ${status}${type === '' ? '' : `, ${type}`}${message === '' ? '' : `: ${message}`}`
  if (status === 401 || (status === 403 && OVER.test(type))) return new EndpointFault('over', say)
  if (AGAIN.has(status) || status >= 500) return new EndpointFault('again', say, waitOf(retryAfter, now))
  if (status === 413 || ((status === 400 || status === 422) && TOO_LONG.test(`${type} ${message}`)))
    return new EndpointFault('too-long', say)
  return new EndpointFault('never', say)
}

/** `{"error":{"type","code","message"}}`, as all three APIs and the custodian have it; empty texts where it is not there. */
function errorIn(body: string): { type: string; message: string } {
  try {
    const error = (JSON.parse(body) as { error?: { type?: unknown; code?: unknown; message?: unknown } } | null)?.error
    const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, KEPT_WORDS) : '')
    const type = text(error?.type)
    const code = text(error?.code)
    return { type: type === '' || code === 'context_length_exceeded' ? code || type : type, message: text(error?.message) }
  } catch {
    return { type: '', message: body.slice(0, KEPT_WORDS) }
  }
}

/** Retry-After (RFC 9110 §10.2.3): seconds or a date; null for anything else. */
function waitOf(header: string | null, now: number): number | null {
  if (header === null) return null
  if (/^\d{1,9}(?:\.\d{1,3})?$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header.slice(0, 100))
  return Number.isFinite(at) ? Math.max(0, at - now) : null
}
