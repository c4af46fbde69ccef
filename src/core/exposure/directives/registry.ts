import { BOD_26_04_DIRECTIVE } from './bod-26-04.ts'
import { type Directive, refOf } from './directive.ts'
import { KEV_DATES } from './kev-dates.ts'
import { NO_DIRECTIVE } from './no-directive.ts'
import { SSVC_DEPLOYER } from './ssvc-deployer.ts'

/** Every directive Weir comes with, in every version; one that a date was made with is never taken out. */
export const DIRECTIVES: readonly Directive[] = [BOD_26_04_DIRECTIVE, KEV_DATES, SSVC_DEPLOYER, NO_DIRECTIVE]

const BY_REF = new Map(DIRECTIVES.map((directive) => [refOf(directive), directive]))

/** The directive of that id and version, for example `bod-26-04/1.0.0`; null where Weir has none. Own policies are made, not found. */
export function directiveByRef(ref: string): Directive | null {
  return BY_REF.get(ref) ?? null
}
