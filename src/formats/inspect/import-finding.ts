import { maskText } from './keys/mask-text.ts'

/** What an import has to say of a file; nothing of it stops the import but what cannot be read at all. */
export const IMPORT_CODES = [
  'log.not-a-log',
  'log.truncated',
  'log.unfinished',
  'log.invalidated',
  'log.edited',
  'log.newer-version',
  'header.missing',
  'header.unreadable',
  'archive.broken',
  'archive.too-large',
  'archive.overlap',
  'member.odd-name',
  'member.twice',
  'member.unreadable',
  'member.encrypted',
  'member.lies',
  'member.too-large',
  'json.broken',
  'json.truncated',
  'json.too-deep',
  'sample.unreadable',
  'sample.twice',
  'sample.too-many',
  'sample.only-summary',
  'sample.invalidated',
  'sample.edited',
  'samples.missing',
  'detail.too-much',
  'metric.mismatch',
  'metric.not-recomputed',
  'key.found',
  'findings.more',
] as const
export type ImportCode = (typeof IMPORT_CODES)[number]

export interface ImportFinding {
  readonly code: ImportCode
  /** A member, a sample or a place in one; empty for the file. Inert text. */
  readonly where: string
  readonly say: string
}

const LONGEST = 300

/** Gathers findings in bounded memory, keys in their text overwritten; what exceeds `most` is counted in one last finding. */
export class Findings {
  private readonly told: ImportFinding[] = []
  private more = 0
  private readonly most: number
  constructor(most: number) {
    this.most = most
  }

  tell(code: ImportCode, where: string, say: string): void {
    if (this.told.length >= this.most) this.more++
    else this.told.push({ code, where: inertText(maskText(where)), say: inertText(maskText(say)) })
  }

  list(): readonly ImportFinding[] {
    if (this.more === 0) return this.told
    return [...this.told, { code: 'findings.more', where: '', say: `Findings of this file that are not listed: ${this.more}.` }]
  }
}

/** One line without control or direction-changing characters, at most 300 characters. */
export function inertText(text: string): string {
  const line = text.slice(0, LONGEST).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\ufffd')
  return text.length > LONGEST ? `${line}…` : line
}
