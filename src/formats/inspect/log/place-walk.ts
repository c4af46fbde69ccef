import type { Asking } from '../ask.ts'
import type { ImportLimits } from '../import-limits.ts'
import { Walk, type WalkSink } from '../json/walk.ts'
import type { Want } from '../json/want.ts'
import { KeyMask } from '../keys/key-mask.ts'
import type { Member } from '../zip/directory.ts'
import { readMember } from '../zip/read-member.ts'

/** A member of the archive, or a stretch of a log of one piece. */
export type TextPlace = { readonly member: Member } | { readonly at: number; readonly length: number }

/**
 * Walks the text at one place, keys overwritten, until `enough` says so; answers what is wrong with it in words, or null.
 */
export function* walkPlace(
  place: TextPlace,
  limits: ImportLimits,
  want: Want,
  sink: WalkSink,
  enough: () => boolean,
): Asking<string | null> {
  const mask = new KeyMask()
  const walk = new Walk(want, sink, { depth: limits.depth, keepBytes: limits.itemBytes })
  const take = (bytes: Uint8Array): boolean => {
    walk.push(mask.push(bytes))
    return walk.fault === null && !enough()
  }
  if ('member' in place) {
    const wrong = yield* readMember(place.member, limits, { left: limits.inflatedBytes }, take)
    if (wrong !== null) return wrong.say
  } else {
    const end = place.at + place.length
    for (let at = place.at; at < end; ) {
      const chunk = yield { at, length: Math.min(limits.askBytes, end - at) }
      if (chunk.length === 0 || !take(chunk)) break
      at += chunk.length
    }
  }
  walk.push(mask.end())
  if (enough() && walk.fault === null) return null
  const fault = walk.end()
  return fault === null ? null : `The text cannot be read beyond byte ${fault.at}.`
}
