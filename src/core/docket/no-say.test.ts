import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { everyCommand } from '../../devkit/docket-commands.ts'
import { at, CAST, PARTNER, type Play, person, playTo } from '../../devkit/docket-play.ts'
import { AGREEMENT_REFUSALS } from './agreement.ts'
import { DOCKET_KINDS, DOCKET_STATES } from './docket.ts'
import type { CommandName } from './docket-command.ts'
import { DOCKET_REFUSALS } from './docket-refusal.ts'
import { evolveDocket } from './evolve.ts'
import { KINDS } from './kinds.ts'
import { nextStep } from './next-step.ts'
import { ACCESS_POLICIES } from './policy.ts'
import { SEATS } from './seat.ts'
import { tallyDockets } from './tally.ts'
import { VETTING_LIST } from './vetting.ts'

// Order 14409, section 3(c): no licensing, no preclearance. Nobody but the developer has any say over a release.

function plays(): readonly Play[] {
  return DOCKET_KINDS.flatMap((kind) =>
    KINDS[kind].states.map((state) => {
      const play = playTo(state, kind)
      if (state !== 'partner-access') return play
      const until = at(90)
      const grant = 'grt_p' as never
      return play.do('lead', { do: 'grant-partner', partner: PARTNER, grant, person: person('pilot'), use: 'u', until }, at(35))
    }),
  )
}

const ASKERS = [...Object.keys(CAST), 'pilot', 'stranger', 'weir']
const TIMES = [at(0, 1), at(2), at(35), at(61), at(500)]

describe('nothing has a say over a release', () => {
  test('no command of any seat, in any state of any kind, moves a planned release; only the developer’s own does', () => {
    let accepted = 0
    const moved = new Set<string>()
    for (const play of plays()) {
      for (const now of TIMES) {
        for (const pick of [0, 1, 2, 3, 9, 10]) {
          const commands = everyCommand({ pick, when: at(40), terms: play.docket.terms.length })
          for (const [name, command] of Object.entries(commands)) {
            for (const who of ASKERS) {
              const decision = play.ask(who, command, now)
              if (!decision.ok) continue
              accepted++
              const { planned } = decision.events.reduce(evolveDocket, play.docket)
              if (JSON.stringify(planned) !== JSON.stringify(play.docket.planned)) moved.add(`${who} ${name}`)
            }
          }
        }
      }
    }
    assert.deepEqual([...moved], ['lead plan-release'])
    assert.ok(accepted > 5000, `${accepted} commands were accepted`)
  })

  test('in every state but closed the developer moves it to any instant, and hears no condition', () => {
    for (const play of plays()) {
      for (const when of [at(-400), at(0), at(3), at(4000)]) {
        const decision = play.ask('lead', { do: 'plan-release', planned: { at: when, zone: 'UTC' } }, at(2))
        assert.equal(decision.ok, play.docket.state !== 'closed')
        if (decision.ok) assert.equal(decision.events.reduce(evolveDocket, play.docket).planned?.at, when)
      }
    }
  })

  test('no state, command, event, refusal, seat or sentence sounds as if there were one', () => {
    const commands = Object.keys(everyCommand({ pick: 0, when: at(0), terms: 1 })) as CommandName[]
    const all = plays()
    const said = [
      ...DOCKET_STATES,
      ...DOCKET_KINDS,
      ...SEATS,
      ...commands,
      ...all.flatMap(({ events }) => events.map(({ type }) => type)),
      ...all.map(({ docket }) => nextStep(docket).say),
      ...Object.entries({ ...DOCKET_REFUSALS, ...AGREEMENT_REFUSALS }).flat(),
      ...Object.values(KINDS).flatMap(({ title, label }) => [title, label ?? '']),
      ...ACCESS_POLICIES.flatMap(({ title, source, receiptSource }) => [title, source, receiptSource]),
      ...VETTING_LIST.lines.flatMap(({ id, asks, reason }) => [id, asks, reason]),
      VETTING_LIST.source,
      tallyDockets([]).say,
    ]
    const bad = /\b(?:pre)?(?:approv|clear|permi[ts]|h[eo]ld|delay|gate|gating|review|licen[cs]|authoriz|veto|block|suspend)/i
    assert.deepEqual(
      said.filter((text) => bad.test(text)),
      [],
    )
    assert.ok(said.length > 300)
  })
})
