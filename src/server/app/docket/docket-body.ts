import type { Docket } from '../../../core/docket/docket.ts'
import type { Random } from '../../../core/kernel/id.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'

/** What a docket's row keeps under the key of J. */
export interface DocketBody {
  readonly docket: Docket
  readonly model: string
  readonly question: string
  /** Days on which calls were made, by UTC midnight: counts for the page of the docket. */
  readonly calls: readonly { readonly day: number; readonly calls: number; readonly tokens: number }[]
  /** Newest entry of the custodian's log that was taken over. */
  readonly custody: { readonly entry: number; readonly hash: string } | null
  /** Set by a purge before it destroys anything, so that it goes on after a crash. */
  readonly purge: Purge | null
}

export interface Purge {
  readonly slots: readonly number[]
  readonly blobs: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  /** Did the endpoint still take its key when asked a last time? Null: it could not be asked, or there was none. */
  readonly stillTaken: boolean | null
  readonly endpoint: boolean
  readonly logHead: string
  readonly logEntries: number
}

const place = (id: string) => `docket/${id}/body`

/** Seals a body for its docket's row. */
export function sealBody(key: Uint8Array, id: string, body: DocketBody, random: Random): Buffer {
  return sealJson(key, body, place(id), random)
}

/** The body that a row holds. */
export function openBody(key: Uint8Array, id: string, sealed: Uint8Array): DocketBody {
  return openJson<DocketBody>(key, sealed, place(id))
}
