import { type Instant, instant } from '../../core/kernel/instant.ts'
import type { Exchanged } from './exchange.ts'
import { type Outcome, refusedWith, unsureWith } from './outcome.ts'

/** What a route says of its own answers. */
export interface AnswerRules {
  /** The status of a report that was stored. */
  readonly stored: number
  /** The identifier in the body of such an answer, or null where there is none. */
  readonly handle: (body: unknown) => string | null
  /** Lines of what was wrong, from the body of a refusal. */
  readonly faults: (body: unknown) => readonly unknown[]
  /** Statuses from 500 on, and 408, by which the other side promises that nothing was stored. */
  readonly notStored: readonly number[]
}

const LONGEST_WAIT_S = 7 * 24 * 3600

/** One answer as an outcome. What neither says stored nor not stored is unsure. */
export function readAnswer(exchanged: Exchanged, rules: AnswerRules, now: Instant): Outcome {
  if (exchanged.came === 'not-sent') return refusedWith('relay.unreachable', [exchanged.why])
  if (exchanged.came === 'nothing') return unsureWith(exchanged.why)
  const { status, headers } = exchanged
  const body = parsed(exchanged.body)
  if (status === rules.stored) {
    const handle = rules.handle(body)
    return handle === null ? unsureWith('its answer names no identifier') : { ok: true, handle, at: now }
  }
  const retryAt = retryAfter(headers['retry-after'], now)
  if (rules.notStored.includes(status)) return refusedWith('relay.not-stored', [], retryAt)
  // Another success than the published one, or an error of the other side's own: it may hold the report.
  if (status < 300 || status >= 500 || status === 408) return unsureWith(`status ${status}`)
  if (status < 400) return refusedWith('relay.redirected')
  const faults = rules.faults(body)
  switch (status) {
    case 400:
    case 415:
    case 422:
      return refusedWith('relay.not-accepted', faults)
    case 401:
      return refusedWith('relay.credential')
    case 403:
      // GitHub says that it is asked too often by 403 with this header, or with a rest of nought.
      if (retryAt !== null || headers['x-ratelimit-remaining'] === '0') return refusedWith('relay.too-many', [], retryAt)
      return refusedWith('relay.not-open', faults)
    case 404:
      return refusedWith('relay.no-place')
    case 413:
      return refusedWith('relay.too-large', faults)
    case 429:
      return refusedWith('relay.too-many', [], retryAt)
    default:
      return refusedWith('relay.unexpected', [`status ${status}`])
  }
}

/** When to ask again, by a Retry-After in seconds or as a date (RFC 9110 §10.2.3); at most a week ahead, null where there is none. */
export function retryAfter(header: string | undefined, now: Instant): Instant | null {
  if (header === undefined || header.length > 64) return null
  const text = header.trim()
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000
  return Number.isFinite(seconds) ? instant(now + Math.round(Math.min(Math.max(seconds, 0), LONGEST_WAIT_S) * 1000)) : null
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** A field of something hostile that may be an object. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

/** A list in a field of something hostile; empty where there is none. */
export function listOf(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name)
  return Array.isArray(list) ? list.slice(0, 100) : []
}
