import type { Logger } from 'pino'
import type { Principal } from '../../core/access/principal.ts'
import type { AdvisoryDesk } from '../app/advisories/advisory-desk.ts'
import type { CaseDesk } from '../app/cases/case-desk.ts'
import type { DocketDesk } from '../app/docket/docket-desk.ts'
import type { ExposureDesk } from '../app/exposure/exposure-desk.ts'
import type { KnownDesk } from '../app/exposure/known-desk.ts'
import type { IntakeMacs } from '../app/findings/macs.ts'
import type { Progress } from '../app/findings/receive.ts'
import type { Sender } from '../app/findings/sender.ts'
import type { Intake } from '../app/findings/take-in.ts'
import type { MeasurementDesk } from '../app/measurement/measurement-desk.ts'
import type { ProjectDesk } from '../app/projects/project-desk.ts'
import type { RelayDesk } from '../app/relay/relay-desk.ts'
import type { ValidationDesk } from '../app/validation/validation-desk.ts'
import type { TreeReader } from '../feeds/tree-reader.ts'
import type { Log } from '../ledger/log.ts'
import type { Config } from '../main/config.ts'
import type { Hub } from '../notify/hub.ts'
import type { IntakeBoard } from '../notify/intake-progress.ts'

/** What the routes hand to the commands; put together once in `main`. */
export interface Desks {
  readonly intake: Intake
  readonly macs: IntakeMacs
  readonly progress: Progress
  readonly senderOf: (principal: Principal) => Sender
  readonly ledger: Log
  readonly hub: Hub
  readonly board: IntakeBoard
  readonly config: Config
  /** What the operator of this instance must know, for example that the database is for demonstration. */
  readonly notes: readonly string[]
  readonly validation: ValidationDesk
  readonly docket: DocketDesk
  readonly cases: CaseDesk
  readonly projects: ProjectDesk
  readonly advisory: AdvisoryDesk
  readonly relay: RelayDesk
  /** What everyone reads of advisories, as files. */
  readonly tree: Pick<TreeReader, 'read'>
  /** Something may have been published: the tree follows, in its own time. */
  readonly published: () => void
  readonly measurement: MeasurementDesk
  readonly known: KnownDesk
  readonly exposure: ExposureDesk
  readonly ready: () => Promise<boolean>
  readonly log: Logger
}
