import type { Instant } from '../../kernel/instant.ts'
import type { EdgeDevice } from '../directives/edge-devices.ts'
import { type PlainWords, plainWords } from '../obligation/plain-words.ts'

/** For people without a security team: what a device at the edge of their network is to them, what to do first, whom to ask. */
export function plainDevice({ supportEnds }: EdgeDevice, now: Instant): PlainWords {
  const over = plainWords('replace', '', '')
  if (supportEnds === null)
    return {
      what: 'This device stands at the edge of your network, and nobody said until when its maker repairs it.',
      first: 'Find out until when its maker repairs it, and write that down here. Until then it counts as no longer repaired.',
      ask: over.ask,
    }
  if (supportEnds > now)
    return {
      what: 'This device stands at the edge of your network, and its maker still repairs it.',
      first: 'Install its updates as they come, and plan a new one before its support ends.',
      ask: over.ask,
    }
  return over
}
