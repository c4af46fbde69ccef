import type { AttemptLine, AttemptsJob } from '../../../contract/attempts.ts'
import type { Computed } from '../../../core/evaluation/figures/compute.ts'
import type { AnalysisInput } from '../../../core/evaluation/figures/input.ts'
import type { DocketDesk } from '../docket/docket-desk.ts'
import type { IntakeMacs } from '../findings/macs.ts'

/** The runner's process in its mode `attempts`, as the commands know it. */
export interface AttemptsEngine {
  /**
   * Runs one job to its end; `take` sees each line in order, and the next one only once it is done. Resolves when the process has
   * ended, however: its last line says how. Aborting `signal` stops it in order. `sealed`: the suite is, and nothing that the
   * process unpacked of it may stay.
   */
  run(job: AttemptsJob, take: (line: AttemptLine) => Promise<void>, signal: AbortSignal, sealed: boolean): Promise<void>
}

/** What measurements stand on beside the docket. */
export interface MeasurementDesk extends DocketDesk {
  readonly macs: IntakeMacs
  readonly engine: AttemptsEngine
  /** Computes figures away from the thread that answers doors. */
  readonly figures: (input: AnalysisInput) => Promise<Computed>
  /** The folder of the suites that ship with the program. */
  readonly suites: string
  /** A folder of this server for what must lie in clear while it is used; emptied at start. */
  readonly scratch: string
}
