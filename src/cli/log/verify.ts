import { parseCheckpoint } from '../../ledger/checkpoint.ts'
import { decode } from '../../ledger/fsck.ts'
import type { NoteKey } from '../../ledger/key.ts'
import { CHECKPOINT_PATH } from '../../ledger/tile.ts'
import { type LogReport, verifyLog } from '../../ledger/verify-log.ts'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import type { Heads } from './heads.ts'
import { drive, type LogSource } from './source.ts'
import { givenKey, sha256, verifySignature } from './trust.ts'

export interface Verified {
  readonly report: LogReport
  readonly key: string
  /** Where the key came from: decides how much its word is worth. */
  readonly trust: 'given' | 'seen' | 'claimed'
  /** What the place showed before and no longer shows; null when nothing is wrong there. */
  readonly exchanged: string | null
}

/** Verifies a log whole, and against the head seen before. Throws Stop when there is no log or no key to trust. */
export async function verifyPlace(
  source: LogSource,
  given: string | undefined,
  heads: Heads,
  asked: (path: string) => void,
): Promise<Verified> {
  const bytes = await source.read(CHECKPOINT_PATH)
  if (bytes === null)
    throw new Stop(
      EXIT.badInput,
      `There is no ledger at ${inert(source.place)}.`,
      'Name a server, or the folder that holds the file "checkpoint".',
    )
  const origin = parseCheckpoint(decode(bytes))?.origin ?? null
  const before = Object.hasOwn(heads.places, source.place) ? heads.places[source.place]! : null
  const seen = origin !== null && Object.hasOwn(heads.logs, origin) ? heads.logs[origin]! : null
  const { key, trust } = await chooseKey(source, given, seen?.key ?? null)
  const report = await drive(
    verifyLog({ keys: [key.key], sha256, verifySignature, depth: 'full', ...(seen === null ? {} : { known: seen.note }) }),
    source,
    asked,
  )
  // A key that the person gave speaks for an exchange of the log; the place's own word does not.
  const exchanged = before !== null && before !== origin && given === undefined ? before : null
  return { report, key: key.text, trust, exchanged }
}

async function chooseKey(
  source: LogSource,
  given: string | undefined,
  seen: string | null,
): Promise<{ key: { key: NoteKey; text: string }; trust: Verified['trust'] }> {
  if (given !== undefined) return { key: { key: givenKey(given), text: given.trim() }, trust: 'given' }
  if (seen !== null) return { key: { key: givenKey(seen), text: seen }, trust: 'seen' }
  const claimed = await source.claimedKey()
  if (claimed === null)
    throw new Stop(
      EXIT.badInput,
      'No key is known for this ledger.',
      'Give it with --key: the public page of its server and weir ledger status show it.',
    )
  return { key: { key: givenKey(claimed), text: claimed }, trust: 'claimed' }
}
