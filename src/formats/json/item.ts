import type { ItemRefusal } from '../../core/findings/refusal.ts'
import type { Limits } from '../format.ts'
import { pointerAt, shownPointer } from './pointer.ts'
import { scanItem } from './scan.ts'
import { decodeUtf8, firstInvalidUtf8 } from './utf8.ts'

export type ItemValue = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: ItemRefusal }

/**
 * The value of one JSON item (RFC 8259) of hostile bytes, or why it is none; `at` is the item's own pointer or `line N`.
 * Numbers beyond 2^53 lose digits in the value; the item's raw bytes keep them.
 */
export function parseItem(bytes: Uint8Array, limits: Limits, at: string): ItemValue {
  const text = decodeUtf8(bytes)
  if (text === null) {
    const offset = Math.max(0, firstInvalidUtf8(bytes))
    return no('item.invalid-utf8', pointerAt(bytes, offset, at), `Send UTF-8; byte ${offset} of the item is not.`)
  }
  const fault = scanItem(bytes, limits, at)
  if (fault) return { ok: false, refusal: fault }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return no('item.not-json', shownPointer(at), `Send JSON as RFC 8259 defines it${spot(error)}.`)
  }
}

/** Only the place is taken from the parser's message: the rest of it quotes the hostile text. */
function spot(error: unknown): string {
  const found = /at position (\d{1,12})/.exec(error instanceof Error ? error.message : '')
  return found ? `; it goes wrong at character ${found[1]} of the item` : ''
}

function no(code: ItemRefusal['code'], where: string, mend: string): ItemValue {
  return { ok: false, refusal: { code, where, mend } }
}
