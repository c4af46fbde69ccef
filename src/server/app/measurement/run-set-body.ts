import type { Prices, Profile } from '../../../contract/attempts.ts'
import type { TaskRow } from '../../../core/evaluation/run-row.ts'
import type { Random } from '../../../core/kernel/id.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { open, openJson, seal, sealJson } from '../../store/keys/seal.ts'

export interface Finding {
  readonly code: string
  readonly where: string
  readonly say: string
}

/** What somebody said of an attempt; the newest word of each person counts. */
export interface Mark {
  readonly n: number
  readonly mark: 'cheated' | 'not-cheated' | 'broken' | 'not-broken'
  readonly why: string
  readonly person: string
  readonly at: number
}

/** What a run set's row keeps under the key of R. */
export interface RunSetBody {
  readonly source: 'run' | 'import'
  readonly say: string
  readonly suite: { readonly place: string; readonly name: string; readonly version: string } | null
  readonly wanted: readonly string[] | null
  readonly attempts: number
  readonly profile: Profile | null
  readonly prices: Prices | null
  readonly model: string
  /** Sealed once more under the key of B, base64: flags derive from it, and who reads results could make them. */
  readonly runKey: string | null
  readonly tasks: readonly TaskRow[]
  readonly findings: readonly Finding[]
  readonly marks: readonly Mark[]
  /** Tasks whose reference solution did not solve them: they count for nobody. */
  readonly unsolved: readonly Finding[]
}

const place = (docket: string, id: string) => `docket/${docket}/run-set/${id}`

export function sealRunSet(key: DataKey, docket: string, id: string, body: RunSetBody, random: Random): Buffer {
  return sealJson(key.key, body, place(docket, id), random)
}

export function openRunSet(key: DataKey, docket: string, id: string, sealed: Uint8Array): RunSetBody {
  return openJson<RunSetBody>(key.key, sealed, place(docket, id))
}

/** Seals a run key of 64 hex digits under B. */
export function sealRunKey(key: DataKey, docket: string, id: string, runKey: string, random: Random): string {
  return seal(key.key, Buffer.from(runKey), `${place(docket, id)}/run-key`, random).toString('base64')
}

export function openRunKey(key: DataKey, docket: string, id: string, sealed: string): string {
  return open(key.key, Buffer.from(sealed, 'base64'), `${place(docket, id)}/run-key`).toString('utf8')
}
