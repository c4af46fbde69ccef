import type { Case } from '../../../core/cases/case.ts'
import type { Random } from '../../../core/kernel/id.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'

/** What a case's row keeps under the case's key. */
export interface CaseBody {
  readonly case: Case
  /** What people wrote, by its digest in the case: statements, reasons, evidence. */
  readonly texts: Readonly<Record<string, string>>
  /** The project that a participant answers for, by participant. */
  readonly projects: Readonly<Record<string, string>>
  /** The project that the case was opened for. */
  readonly project: string | null
  /** Every policy that was asked for the end of the embargo, in words, the one that binds first. */
  readonly dates: readonly WhyDate[]
  /** Severities as parties of the case judge them. */
  readonly severities: readonly JudgedSeverity[]
  /** Set by a purge before it destroys anything, so that it goes on after a crash. */
  readonly purge: Purge | null
}

export interface WhyDate {
  readonly says: string
  readonly at: number | null
  readonly source: string | null
  readonly binds: boolean
}

export interface JudgedSeverity {
  readonly participant: string
  readonly flaw: string
  readonly vector: string
  readonly at: number
}

export interface Purge {
  readonly slot: number
  readonly blobs: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  readonly orders: readonly { readonly flaw: string; readonly met: number; readonly of: number }[]
}

export const EMPTY_BODY: Omit<CaseBody, 'case'> = {
  texts: {},
  projects: {},
  project: null,
  dates: [],
  severities: [],
  purge: null,
}

const place = (id: string) => `case/${id}/body`

/** Seals a body for its case's row. */
export function sealBody(key: Uint8Array, body: CaseBody, random: Random): Buffer {
  return sealJson(key, body, place(body.case.id), random)
}

/** The body that a row holds. */
export function openBody(key: Uint8Array, id: string, sealed: Uint8Array): CaseBody {
  return openJson<CaseBody>(key, sealed, place(id))
}
