import { isInstant } from './custody-clock.ts'

// When a key may be used. The end is judged on every call, and what was shut once never opens again.

/** Epoch milliseconds: from `opens` up to, and not at, `ends`; a wish for another end may not go past `latest`. */
export interface CustodyWindow {
  readonly opens: number
  readonly ends: number
  readonly latest: number
}

export interface Latch {
  readonly at: number
  readonly why: 'end' | 'withdrawn' | 'closing'
}

/** `latch`: the end was seen now for the first time; whoever asked must make that durable. */
export type Passing =
  | { readonly pass: true }
  | { readonly pass: false; readonly code: 'window.not-open' | 'window.ended' | 'window.clock-unsure'; readonly latch: boolean }

/** Whether a call may pass at the deciding instant `now`; `fresh` says whether the database's clock was heard of lately. */
export function judgeCall(window: CustodyWindow | null, latched: Latch | null, now: number, fresh: boolean): Passing {
  if (latched !== null) return { pass: false, code: 'window.ended', latch: false }
  if (window === null) return { pass: false, code: 'window.not-open', latch: false }
  if (now >= window.ends) return { pass: false, code: 'window.ended', latch: true }
  if (!fresh) return { pass: false, code: 'window.clock-unsure', latch: false }
  if (now < window.opens) return { pass: false, code: 'window.not-open', latch: false }
  return { pass: true }
}

export type Laid =
  | { readonly ok: true; readonly window: CustodyWindow; readonly over: boolean }
  | { readonly ok: false; readonly code: 'custody.bad-window' | 'custody.shut'; readonly say: string }

/**
 * Lays a window down, or moves the end of one that lies. Once it has opened its beginning and the latest end stand; `over` says
 * that the new end is past already, so that it is shut with that.
 */
export function layWindow(lies: CustodyWindow | null, latched: Latch | null, wish: CustodyWindow, now: number): Laid {
  if (latched !== null || (lies !== null && now >= lies.ends))
    return { ok: false, code: 'custody.shut', say: 'The window is shut for ever.' }
  const bad = (say: string): Laid => ({ ok: false, code: 'custody.bad-window', say })
  if (![wish.opens, wish.ends, wish.latest].every(isInstant)) return bad('An instant of the window is none.')
  if (wish.ends > wish.latest) return bad('The end lies past the latest end there may be.')
  if (wish.opens > wish.ends) return bad('The window ends before it opens.')
  const window = { opens: wish.opens, ends: wish.ends, latest: wish.latest }
  if (lies !== null && now >= lies.opens) {
    if (wish.opens !== lies.opens) return bad('The window has opened: its beginning stands.')
    if (wish.latest > lies.latest) return bad('The window has opened: its latest end stands.')
    return { ok: true, window, over: now >= wish.ends }
  }
  return now >= wish.ends ? bad('The end has passed already.') : { ok: true, window, over: false }
}
