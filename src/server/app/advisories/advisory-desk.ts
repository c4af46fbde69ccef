import type { Publisher } from '../../../core/advisories/publisher.ts'
import type { CaseDesk } from '../cases/case-desk.ts'

/** What commands of advisories stand on beside the cases. */
export interface AdvisoryDesk extends CaseDesk {
  /** Who publishes here and where. */
  readonly publisher: Publisher
  /** Folder of the public tree, this server's alone. */
  readonly feeds: string
  /** What the official library finds wrong with a CSAF document, as bounded lines; none: it is valid. */
  readonly checkCsaf: (document: string) => Promise<readonly string[]>
}
