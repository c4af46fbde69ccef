import type { Logger } from 'pino'
import type { Principal } from '../../core/access/principal.ts'
import type { IntakeMacs } from '../app/findings/macs.ts'
import type { Progress } from '../app/findings/receive.ts'
import type { Sender } from '../app/findings/sender.ts'
import type { Intake } from '../app/findings/take-in.ts'

/** What the routes hand to the commands; put together once in `main`. */
export interface Desks {
  readonly intake: Intake
  readonly macs: IntakeMacs
  readonly progress: Progress
  readonly senderOf: (principal: Principal) => Sender
  readonly log: Logger
}
