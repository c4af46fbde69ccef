import { isInstant } from '../../core/docket/custody-clock.ts'
import type { CustodyWindow, Latch } from '../../core/docket/custody-window.ts'

// Reading of what lies in the folder or comes on a line: hostile until it has its shape.

export type Plain = Readonly<Record<string, unknown>>

export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a JSON text, undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function parseLatch(value: unknown): Latch | null {
  if (!isPlain(value)) return null
  const { at, why } = value
  return isInstant(at) && (why === 'end' || why === 'withdrawn' || why === 'closing') ? { at, why } : null
}

export function parseWindow(value: unknown): CustodyWindow | null {
  if (!isPlain(value)) return null
  const { opens, ends, latest } = value
  return isInstant(opens) && isInstant(ends) && isInstant(latest) ? { opens, ends, latest } : null
}

/** Whether a text is a docket's id: prefix and 24 characters. It becomes a part of file names. */
export function isDocket(value: unknown): value is string {
  return typeof value === 'string' && /^dkt_[0-9a-hjkmnp-tv-z]{24}$/.test(value)
}
