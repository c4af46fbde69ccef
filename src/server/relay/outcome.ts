import type { Instant } from '../../core/kernel/instant.ts'

/** Why nothing was stored at the other side: a closed list, each with a sentence for the person who clicked. */
export const REFUSALS = {
  'relay.closed': 'This route is not configured here.',
  'relay.wrong-place': 'The address of the project is not one that this route can send to.',
  'relay.not-seen': 'The draft is not the one that was looked at; look at it again before sending it.',
  'relay.not-begun': 'This has not been begun, is done already, or another click is doing it now.',
  'relay.unreachable': 'The other side could not be reached; nothing was sent.',
  'relay.credential': 'The other side does not accept the configured credential.',
  'relay.not-open': 'The other side does not let this be done; a project on GitHub may have private reporting switched off.',
  'relay.no-place': 'The other side knows no such project or path.',
  'relay.not-accepted': 'The other side found fault with the report; its reasons stand beside this.',
  'relay.too-large': 'The report is larger than the other side accepts.',
  'relay.too-many': 'The other side asks to slow down; the report was not stored.',
  'relay.not-stored': 'The other side is busy and says that the report was not stored.',
  'relay.redirected': 'The other side points to another address; redirects are not followed.',
  'relay.unexpected': 'The other side refused with an answer that its published form does not have.',
} as const

export type RelayRefused = keyof typeof REFUSALS

/** What came of a sending. Nothing of a credential and nothing of the report stands in it. */
export type Outcome =
  | { readonly ok: true; readonly handle: string; readonly at: Instant }
  | {
      readonly ok: false
      readonly refused: RelayRefused
      readonly say: string
      /** When the other side wishes to be asked again, where it says so. */
      readonly retryAt: Instant | null
      /** What the other side found fault with, bounded and as plain lines. */
      readonly faults: readonly string[]
    }
  /** Nobody knows whether it arrived: it is not sent again until a person says that it did not. */
  | { readonly ok: false; readonly unsure: true; readonly say: string }

const MOST_FAULTS = 20
const MOST_LINE = 300
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

export function refusedWith(refused: RelayRefused, faults: readonly unknown[] = [], retryAt: Instant | null = null): Outcome {
  const lines = faults.filter((fault) => typeof fault === 'string').slice(0, MOST_FAULTS)
  return {
    ok: false,
    refused,
    say: REFUSALS[refused],
    retryAt,
    faults: lines.map((line) => line.slice(0, MOST_LINE).replace(UNPRINTABLE, ' ')),
  }
}

export function unsureWith(why: string): Outcome {
  return {
    ok: false,
    unsure: true,
    say: `It is not known whether this arrived (${why}). Ask the other side before sending again.`,
  }
}
