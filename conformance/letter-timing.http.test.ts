import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { LetterList } from '../src/contract/shapes/case.ts'
import type { ProjectOut } from '../src/contract/shapes/project.ts'
import { replyAddress } from '../src/core/cases/letters/reply-address.ts'
import { CaseWorld } from '../src/devkit/case-world.ts'
import { openDoor, type TestDoor } from '../src/devkit/door.ts'
import { isKnownAddress } from '../src/server/app/letters/take-mail.ts'
import { tellCases } from '../src/server/app/notices/tell-cases.ts'
import { type Letterbox, openLetterbox, USUAL_LETTERBOX } from '../src/server/notify/mail/letterbox.ts'
import { inTransaction } from '../src/server/store/connection.ts'
import { numberEvents } from '../src/server/store/events.ts'
import { letterQueue } from '../src/server/store/letter-queue.ts'
import { differs } from './rank-sum.ts'

// Who guesses at a one-time link or at an address for answers is not told by the time of the answer whether something once stood there.

type Kind = 'known' | 'revoked' | 'unknown'
const KINDS: readonly Kind[] = ['known', 'revoked', 'unknown']
const MAILBOX = { local: 'reports', domain: 'weir.example' }

describe('the time of an answer to a link or an address', () => {
  let door: TestDoor
  let box: Letterbox
  let links: Record<Kind, string>
  let addresses: Record<Kind, string>

  before(async () => {
    door = await openDoor({})
    const world = await CaseWorld.open(door, { vendors: 0 })
    const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await door.ask(method, path, { as: world.coordinator.as, ...(body === undefined ? {} : { body }) })
      assert.ok(answer.ok, `${method} ${path} ${answer.status}`)
      return (await answer.json()) as T
    }
    const contact = { route: 'mail', at: 'sec@project.example' }
    const terms = { contact, report: { unchecked: true }, pace: { openAtOnce: 9, perWeek: 9 } }
    const asked = { name: 'Quarry', purl: 'pkg:generic/quarry', terms, source: 'SECURITY.md' }
    const project = (await ask<ProjectOut>('POST', '/v1/projects', asked)).id
    for (const flaw of [1, 2]) {
      const { row } = await world.openCase([world.flaw(flaw)], { policy: 'cert-cc/45-days' })
      await world.act(world.coordinator, row.id, { do: 'invite', project, kind: 'maintainer', tier: 0 } as never)
      await numberEvents(door.ground.store)
      await tellCases(door.desks.projects)
      const [letter] = (await ask<LetterList>('GET', `/v1/cases/${row.id}/letters`)).rows
      await ask('POST', `/v1/letters/${letter!.id}/acts`, { do: 'send', version: letter!.version })
    }
    const [kept, taken] = await letterQueue(door.desks.projects).claim(door.desks.projects.clock(), 9)
    const linkIn = (text: string) => /Accept: \S+\/l\/([\w-]{43})\s/.exec(text)![1]!
    links = { known: linkIn(kept!.text), revoked: linkIn(taken!.text), unknown: 'a'.repeat(43) }
    addresses = { known: kept!.replyTo, revoked: taken!.replyTo, unknown: replyAddress(`r${'1'.repeat(32)}`, MAILBOX) }
    await inTransaction(door.ground.store, 'all', async ({ db }) => {
      const { case_id } = await db
        .updateTable('letter')
        .set({ state: 'dropped' })
        .where('id', '=', taken!.id)
        .returning('case_id')
        .executeTakeFirstOrThrow()
      await db
        .updateTable('reply_address')
        .set({ revoked_at: new Date() as never })
        .where('case_id', '=', case_id)
        .execute()
    })
    box = await openLetterbox(
      { ...USUAL_LETTERBOX, listen: { host: '127.0.0.1', port: 0 }, mailbox: MAILBOX },
      { known: (token) => isKnownAddress(door.desks.projects, token), store: async () => {} },
    )
  })
  after(async () => {
    await box?.close()
    await door.close()
  })

  /** Times of `pairs` answers of each kind, in turn; the first rounds warm what all share. */
  const timed = async (pairs: number, once: (kind: Kind) => Promise<void>): Promise<Record<Kind, number[]>> => {
    const times: Record<Kind, number[]> = { known: [], revoked: [], unknown: [] }
    for (let n = 0; n < pairs + 3; n++)
      for (let k = 0; k < KINDS.length; k++) {
        const kind = KINDS[(n + k) % KINDS.length]!
        const from = performance.now()
        await once(kind)
        if (n >= 3) times[kind].push(performance.now() - from)
      }
    return times
  }
  /** Noise alone passes once in a thousand rounds; a difference counts when three rounds in a row show it with the same sign. */
  const alike = async (round: () => Promise<{ z: number; p: number }>, told: (says: string) => void): Promise<boolean> => {
    const signs: number[] = []
    while (signs.length < 3) {
      const { z, p } = await round()
      told(`z ${z.toFixed(2)}, p ${p.toFixed(4)}`)
      if (p >= 0.001) return true
      signs.push(Math.sign(z))
    }
    return new Set(signs).size > 1
  }

  test('a link that was taken back is answered as one that never was, in bytes and in time', async (t) => {
    for (const [method, body] of [['GET'], ['POST', {}]] as const) {
      const answers = new Map<Kind, string>()
      const round = async () => {
        const times = await timed(40, async (kind) => {
          // Nobody confirms the one that works: it would act.
          if (kind === 'known' && method === 'POST') return
          const answer = await door.ask(method, `/v1/links/${links[kind]}`, body === undefined ? {} : { body })
          answers.set(kind, `${answer.status} ${await answer.text()}`)
        })
        return differs(times.revoked, times.unknown)
      }
      assert.ok(await alike(round, (says) => t.diagnostic(`${method}: ${says}`)), `${method} takes another time, three times`)
      assert.match(answers.get('unknown')!, /^404 /)
      assert.equal(answers.get('revoked'), answers.get('unknown'))
      if (method === 'GET') assert.match(answers.get('known')!, /^200 /)
    }
  })

  test('an address is answered after the same time, whether it is known, was taken back, or never was', async (t) => {
    const socket = connect(box.port!, '127.0.0.1')
    const say = lines(socket)
    await say(null)
    await say('LHLO mx.example')
    const answers = new Map<Kind, string>()
    const pairs = [
      ['revoked', 'unknown'],
      ['known', 'unknown'],
    ] as const
    try {
      let times: Record<Kind, number[]> | null = null
      for (const [one, other] of pairs) {
        const round = async () => {
          times ??= await timed(20, async (kind) => {
            await say('MAIL FROM:<someone@else.example>')
            answers.set(kind, (await say(`RCPT TO:<${addresses[kind]}>`)).slice(0, 3))
            await say('RSET')
          })
          const found = differs(times[one], times[other])
          if (found.p < 0.001) times = null
          return found
        }
        assert.ok(await alike(round, (says) => t.diagnostic(`${one}: ${says}`)), `${one} takes another time, three times`)
      }
      assert.deepEqual(
        KINDS.map((kind) => answers.get(kind)),
        ['250', '550', '550'],
      )
    } finally {
      socket.destroy()
    }
  })
})

/** Says a line and waits for the last line of its answer; null: waits for the greeting. */
function lines(socket: Socket): (line: string | null) => Promise<string> {
  let held = ''
  let wake = () => {}
  socket.setEncoding('utf8').setNoDelay()
  socket.on('data', (part: string) => {
    held += part
    wake()
  })
  return async (line) => {
    if (line !== null) socket.write(`${line}\r\n`)
    for (;;) {
      const whole = /^(?:\d{3}-[^\n]*\n)*(\d{3} [^\n]*)\r\n/.exec(held)
      if (whole !== null) {
        held = held.slice(whole[0].length)
        return whole[1]!
      }
      await new Promise<void>((done) => (wake = done))
    }
  }
}
