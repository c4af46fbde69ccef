import type { FairLimits } from '../../../core/validation/fair/next-job.ts'
import type { Queue } from '../../jobs/queue.ts'
import type { Hub } from '../../notify/hub.ts'
import type { JobBell } from '../../notify/job-bell.ts'
import type { FlawDesk } from '../flaws/command-flaws.ts'

/** This server's own runner, as far as it tells. */
export interface OwnRunner {
  /** Starts it if it is not there; nothing to run is no reason to keep one. */
  wake(): void
  /** Where it stands when no runner has registered: starting, switched off, not able to; null where nothing is known. */
  says(): { readonly say: string; readonly mend: string | null } | null
}

/** What commands of validation stand on beside the records. */
export interface ValidationDesk extends FlawDesk {
  readonly queue: Queue
  readonly hub: Hub
  readonly bell: JobBell
  readonly limits: FairLimits
  readonly ownRunner: OwnRunner
}
