import type { Advisory } from '../../../core/advisories/advisory.ts'
import type { AdvisoryFormat } from '../../../core/advisories/completeness.ts'
import type { Random } from '../../../core/kernel/id.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'

/** What an advisory's row keeps under a key of its own: the case's key ends with the case, revisions stay. */
export interface AdvisoryBody {
  readonly advisory: Advisory
  /** Set while a release is planned: who planned it, and the formats that they named as left out. */
  readonly plan: ReleasePlan | null
}

export interface ReleasePlan {
  readonly by: string
  readonly without: readonly AdvisoryFormat[]
}

const place = (id: string) => `advisory/${id}/body`

/** Seals a body for its advisory's row. */
export function sealAdvisory(key: Uint8Array, body: AdvisoryBody, random: Random): Buffer {
  return sealJson(key, body, place(body.advisory.id), random)
}

/** The body that a row holds. */
export function openAdvisory(key: Uint8Array, id: string, sealed: Uint8Array): AdvisoryBody {
  return openJson<AdvisoryBody>(key, sealed, place(id))
}
