import type { AdvisoryRecord } from '../../../core/exposure/advisory-record.ts'
import type { FlawGroup, KeptApart } from '../../../core/exposure/aliases/join-aliases.ts'
import type { Component } from '../../../core/exposure/component.ts'
import type { SignalBook } from '../../../core/exposure/flaw-signals.ts'
import type { RecordMatch } from '../../../core/exposure/look-up.ts'
import type { MatchSubject } from '../../../core/exposure/match-subject.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import type { Instant } from '../../../core/kernel/instant.ts'

/** One vulnerability as all databases have it, and why their records are one. */
export interface KnownFlaw extends Pick<FlawGroup, 'primary' | 'ids' | 'covers' | 'joins'> {
  /** Every record of it, by id and source; withdrawn ones too. */
  readonly records: readonly AdvisoryRecord[]
  /** Names that a record would join to it, and that were kept apart. */
  readonly keptApart: readonly KeptApart[]
}

/** What changed at once: whoever keeps answers needs to look again at these only. A large import is told in several. */
export interface KnownChange {
  readonly version: number
  /** Records that are new or changed, as they are now: `ComponentTable.affectedBy` says whom they reach. */
  readonly records: readonly AdvisoryRecord[]
  /** Records as they were before they were changed or taken out: what matched by them is to be matched again. */
  readonly former: readonly AdvisoryRecord[]
  /** Keys of packages (`npm/lodash`) and products that these records are or were about. */
  readonly keys: ReadonlySet<string>
  /** Folded names of flaws whose group is another one now. */
  readonly regrouped: ReadonlySet<string>
  /** CVE ids of which KEV, EPSS or SSVC say something else now. */
  readonly cves: ReadonlySet<string>
  /** KEV or EPSS was read for the first time: of every CVE it is known now whether it is listed. */
  readonly catalogues: boolean
  /** Names of flaws about which VEX statements are new, changed or gone. */
  readonly stated: ReadonlySet<string>
}

/** All that this server knows of other people's flaws, in memory: the same on every process that shares the database. */
export interface KnownBook {
  /** Grows with every change that can be seen here, by any number; what was worked out of another version may have changed. */
  readonly version: number
  /** False while records are still being read after a start: answers before that are not whole, and askers are told so. */
  readonly loaded: boolean
  /** False while a large change comes in parts: a flaw may stand between two names, and listeners hear of the last part. */
  readonly whole: boolean
  readonly size: { readonly records: number; readonly newest: Instant | null }
  /** Every record that holds a component, or might; see core/exposure/look-up.ts. */
  lookUp(component: Component): RecordMatch[]
  lookUpSubject(subject: MatchSubject): RecordMatch[]
  /** Records by id as written or folded; several databases may use one id. */
  recordsOf(id: string): readonly AdvisoryRecord[]
  /** What `assess` and `foldFlaws` ask. */
  groupOf(id: string): FlawGroup | undefined
  /** The whole flaw of any of its names; null where nobody named it. */
  flawOf(id: string): KnownFlaw | null
  /** What `signalsOf` of core/exposure/flaw-signals.ts asks; changed in place as imports commit. */
  readonly signals: SignalBook
  /** Statements of VEX documents that were taken in, whoever makes them: whom to believe is for the asker. */
  readonly statements: readonly VexStatement[]
  /** Those about a flaw, by any of the names that they give it. */
  statementsAbout(name: string): Iterable<VexStatement>
  /** Who makes statements here, as the documents name them, and how many. */
  readonly vexAuthors: ReadonlyMap<string, number>
  /** Told after each change, once it can be seen here; first, with everything, when all was read after a start. Returns how to stop. */
  onChange(take: (change: KnownChange) => void): () => void
}
