import { isObject, textOf } from '../json/plain.ts'
import type { Provenance } from './sample-row.ts'

const LONGEST = 400

/** Who changed something, why and when; null where nothing of it is stated. */
export function provenanceOf(value: unknown): Provenance | null {
  if (!isObject(value)) return null
  const text = (key: string) => textOf(value[key])?.slice(0, LONGEST) ?? null
  return { author: text('author'), reason: text('reason'), at: text('timestamp') }
}
