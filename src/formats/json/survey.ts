import type { ItemRefusal } from '../../core/findings/refusal.ts'
import type { Limits, Survey } from '../format.ts'
import { parseItem } from './item.ts'
import { withoutMark } from './lines.ts'
import { Splitter } from './splitter.ts'

/** A document with its items taken out, or why it cannot be had. */
export type Frame =
  | { readonly ok: true; readonly value: unknown; readonly whole: boolean }
  | { readonly ok: false; readonly refusal: ItemRefusal }

/** A first pass that gathers what stands around the items in `arrays` and lets `judge` make of it what the reader needs. */
export function surveyOf(limits: Limits, arrays: readonly (readonly string[])[], judge: (frame: Frame) => unknown): Survey {
  const splitter = new Splitter({ limits, arrays, survey: true })
  return {
    push(chunk) {
      splitter.push(chunk)
    },
    end() {
      splitter.end()
      return judge(frameOf(splitter, limits))
    },
  }
}

function frameOf(splitter: Splitter, limits: Limits): Frame {
  const { bytes, whole } = splitter.taken()
  if (bytes === null) {
    const mend = `Keep what stands around the items under ${limits.frameBytes} bytes.`
    return { ok: false, refusal: { code: 'item.too-large', where: '', mend } }
  }
  const text = withoutMark(bytes)
  // A file that ends or breaks before its first bracket: the second pass says so.
  if (!whole && text.every((byte) => byte <= 0x20)) return { ok: true, value: {}, whole }
  // The frame of a large log holds many rules and files; its size is bounded already.
  const parsed = parseItem(text, { ...limits, values: Math.max(limits.values, limits.frameBytes >> 3) }, '')
  return parsed.ok ? { ok: true, value: parsed.value, whole } : parsed
}
