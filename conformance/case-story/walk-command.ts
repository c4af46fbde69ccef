import type { Case } from '../../src/core/cases/case.ts'
import type { CaseCommand } from '../../src/core/cases/case-command.ts'
import { decideCase } from '../../src/core/cases/decide.ts'
import { HOUR, type Instant, instant } from '../../src/core/kernel/instant.ts'
import { caseCommands, WALKERS } from '../../src/devkit/case-commands.ts'
import { caseAsker, inviting, proposing } from '../../src/devkit/case-play.ts'

/** Who may ask, by name; names that are no participant, second people and contacts among them. */
const ASKERS = ['chair', 'chair', 'chair', ...WALKERS, 'contact:vendor2', 'vendor#2', 'weir', 'stranger']
const NEVER = ['hand-over', 'hear-of-kin'] as const
const OFTEN = [
  'invite',
  'invite',
  'accept-invitation',
  'accept-invitation',
  'propose-embargo',
  'answer-embargo',
  'judge-report',
] as const
// What ends much, so that lives last.
const SELDOM = ['close-case', 'note-publicity', 'end-embargo', 'remove', 'leave', 'decline-invitation'] as const

/** A command and who gives it. */
export interface Asked {
  readonly who: string
  readonly command: CaseCommand
}

/** One random command for that case; two of three are given by somebody who may give them, so that lives get far. */
export function walkCommand(of: Case, tag: string, now: Instant, random: () => number): Asked {
  const whole = (below: number) => Math.floor(random() * below)
  const any = <T>(all: readonly T[]): T => all[whole(all.length)]!
  const pick = whole(5000)
  const when = instant(now + (whole(24 * 122) - 48) * HOUR)
  const all = (who: string) => caseCommands(of, { who: who.replace(/contact:|#2/, ''), pick, when })
  const names = Object.keys(all('chair')) as (keyof ReturnType<typeof all>)[]
  const rest = names.filter((name) => ![...NEVER, ...SELDOM].some((one) => one === name))
  const dice = random()
  const name = dice < 0.45 ? any(OFTEN) : dice < 0.94 ? any(rest) : any(SELDOM)
  const commandOf = (who: string) => tagged(all(who)[name], tag)
  const others = ASKERS.slice(whole(ASKERS.length)).concat(ASKERS)
  const fits = (who: string) => decideCase(of, commandOf(who), caseAsker(who), now).ok
  const who = (random() < 0.66 ? others.find(fits) : null) ?? any(ASKERS)
  return { who, command: commandOf(who) }
}

/** Sample commands name the same flaws in every case; here each case has flaws of its own. */
export function tagged(command: CaseCommand, tag: string): CaseCommand {
  return JSON.parse(JSON.stringify(command).replaceAll(/"flw_(\w+)"/g, `"flw_$1${tag}"`)) as CaseCommand
}

/** How most cases begin: people are asked, an embargo is offered, some agree. */
export function beginning(of: Case, ends: Instant | null, invite: readonly (typeof WALKERS)[number][]): readonly Asked[] {
  const play = { case: of } as Parameters<typeof inviting>[0]
  const invited = invite.map((name) => ({
    who: 'chair',
    command: inviting(play, name, name.replace(/\d/, '') as 'finder'),
  }))
  const offered = ends === null ? [] : [{ who: 'chair', command: proposing(of.chair, ends) }]
  return [...invited, ...offered]
}
