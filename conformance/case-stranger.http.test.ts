import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ROUTES, type RouteName } from '../src/contract/routes.ts'
import type { AdvisoryView } from '../src/contract/shapes/advisory.ts'
import type { CasePaperList, LetterList } from '../src/contract/shapes/case.ts'
import type { NoticeList } from '../src/contract/shapes/project.ts'
import type { NounKind } from '../src/core/access/policy-table.ts'
import { MINUTE } from '../src/core/kernel/instant.ts'
import { CaseWorld } from '../src/devkit/case-world.ts'
import { openDoor, type TestDoor } from '../src/devkit/door.ts'
import { type Member, member } from '../src/devkit/members.ts'
import { tellCases } from '../src/server/app/notices/tell-cases.ts'
import { numberEvents } from '../src/server/store/events.ts'
import { advisedContent } from './case-story/advised.ts'
import { differs } from './rank-sum.ts'

// What somebody without a part in a case can learn of it, at every stage of its life and by every route that has to do with cases:
// nothing. A thing that is there must be answered byte for byte like one that never was, and lists as if there were no case.

/** Nouns of this desk; every route that asks about one of them is tried. */
const NOUNS: readonly NounKind[] = [
  'case',
  'letter',
  'inbox',
  'notice',
  'webhook',
  'advisory',
  'advisory-draft',
  'relay',
  'project',
]
/** Lists whose answer may not change by a case; those of other desks too. */
const LISTS = [
  '/v1/cases',
  '/v1/cases?tab=yours',
  '/v1/calendar',
  '/v1/letters',
  '/v1/inbox',
  '/v1/notices',
  '/v1/webhooks',
  '/v1/advisories',
  '/v1/projects',
  '/v1/findings',
  '/v1/reports',
  '/v1/claims',
  '/v1/coverage',
  '/v1/scan-requests',
  '/v1/opt-outs',
  '/v1/feed/scans.json',
  '/v1/public',
  '/v1/public/funnel',
  '/v1/public/dockets',
  '/v1/people',
  '/v1/organisations',
  '/v1/me',
] as const
const STAGES = ['opened', 'embargoed', 'over', 'closed'] as const
type Stage = (typeof STAGES)[number]
const ABSENT = '0'.repeat(24)

describe('somebody without a part in a case', () => {
  let door: TestDoor
  let world: CaseWorld
  let id = ''
  let project = ''
  let things: Readonly<Record<string, string>> = {}
  let askers: ReadonlyMap<string, Member | null>
  const earlier = new Map<string, string>()

  const ask = async (who: Member | null, method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' }
    return await door.ask(method, path, { as: who?.as ?? null, headers, ...(body === undefined ? {} : { body }) })
  }
  const need = async <T>(method: string, path: string, body: unknown, status: number): Promise<T> => {
    const answer = await ask(world.coordinator, method, path, body)
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  /** Status, head and body, in one text; what is the same for everybody but changes by itself is left out. */
  const whole = async (answer: Response): Promise<string> => {
    const head = [...answer.headers].filter(([name]) => name !== 'date')
    return JSON.stringify([answer.status, head, await answer.text()])
  }
  const told = async () => {
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
  }

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 4 })
    askers = new Map<string, Member | null>([
      ['nobody', null],
      ['a stranger with many roles', world.stranger],
      ['a vendor who was not invited', world.vendors[3]!],
      ['the finder of the flaw, who was not invited', world.finders[0]!],
      ['a finder of something else', world.finders[2]!],
      ['a distributor', world.distributors[1]!],
      [
        'an administrator',
        await member(door.ground, 'Operators of it', ['administrator', 'inspector', 'developer', 'officer']),
      ],
    ])
    const asked = {
      name: 'Quarry',
      purl: 'pkg:generic/quarry-0',
      terms: { contact: { route: 'mail', at: 'sec@project.example' }, report: { mustCarry: [], unchecked: true } },
      source: 'SECURITY.md',
      domains: ['project.example'],
    }
    project = (await need<{ id: string }>('POST', '/v1/projects', asked, 201)).id
    for (const [name, who] of askers) for (const path of LISTS) earlier.set(`${name} ${path}`, await list(who, path))
  })
  after(async () => await door.close())

  const list = async (who: Member | null, path: string): Promise<string> => timeless(await whole(await ask(who, 'GET', path)))

  const GO: Readonly<Record<Stage, () => Promise<void>>> = {
    async opened() {
      id = (await world.openCase([world.flaw(1), world.flaw(2)], { policy: 'cert-cc/45-days', project })).row.id
      const webhook = await need<{ id: string }>('POST', '/v1/webhooks', { url: 'https://hooks.example/in' }, 201)
      things = { case: id, webhook: webhook.id, project }
    },
    async embargoed() {
      await world.bring(id, world.finders[1]!, 'finder', { flaws: [world.flaw(2)] })
      for (const one of world.vendors.slice(0, 3)) await world.bring(id, one, 'vendor')
      await world.act(world.coordinator, id, { do: 'invite', project, kind: 'maintainer', tier: 0 } as never)
      await world.say(world.coordinator, id, 'A marker nobody may find: zebra-crossing.')
      await told()
      const { rows: letters } = await need<LetterList>('GET', `/v1/cases/${id}/letters`, undefined, 200)
      for (const { subject } of letters)
        for (const word of ['Overflow', 'quarry', 'Quarry', 'Vendor', 'embargo', 'vulnerab', id])
          assert.ok(!subject.includes(word), `${word} in a subject`)
      const { rows: papers } = await need<CasePaperList>('GET', `/v1/cases/${id}/papers`, undefined, 200)
      const notice = await (await ask(world.vendors[0]!, 'GET', '/v1/notices')).json()
      const [flaw] = (await world.view(world.vendors[0]!, id)).flaws
      const draft = await need<AdvisoryView>('POST', `/v1/cases/${id}/advisory`, {}, 201)
      things = {
        ...things,
        letter: letters[0]!.id,
        paper: papers[0]!.id,
        notice: (notice as { rows: { id: string }[] }).rows[0]!.id,
        advisory: draft.row.id,
        flaw: flaw!.id,
        evidence: flaw!.reproducers[0]!.id,
        patch: flaw!.patches[0]!.id,
      }
    },
    async over() {
      const content = advisedContent(await need<AdvisoryView>('GET', `/v1/advisories/${things['advisory']}`, undefined, 200))
      await need('PUT', `/v1/advisories/${things['advisory']}`, { version: 1, content }, 200)
      await world.act(world.coordinator, id, { do: 'end-embargo', why: 'adversary-knows' } as never)
      await told()
    },
    async closed() {
      await world.act(world.coordinator, id, { do: 'close', why: 'It is over.' } as never)
      // Its key is gone before anybody was told: they are told that it closed, and what comes after in other cases is told too.
      await told()
      const { rows } = (await (await ask(world.vendors[0]!, 'GET', '/v1/notices')).json()) as NoticeList
      assert.ok(rows.some(({ says }) => says === 'A case was closed.'))
      door.time.now += 2 * MINUTE
      await door.desks.ledger.turn()
    },
  }

  for (const stage of STAGES) {
    test(`${stage}: every route answers a thing that is there like one that never was`, async () => {
      await GO[stage]()
      let tried = 0
      for (const [name, route] of Object.entries(ROUTES) as [RouteName, (typeof ROUTES)[RouteName]][]) {
        if (route.asks === null || !NOUNS.includes(route.asks.noun) || !route.path.includes('{id}')) continue
        // Projects are no secret: what they ask of reports is there to be read.
        if (name === 'readProject' || name === 'actProject') continue
        const real = filled(name, route.path, things)
        if (real === null) continue
        for (const [who, one] of askers) {
          for (const body of route.method === 'get' ? [undefined] : [BODIES[name] ?? {}, { nonsense: 1 }]) {
            const there: string = await whole(await ask(one, route.method.toUpperCase(), real.there, body))
            const never: string = await whole(await ask(one, route.method.toUpperCase(), real.never, body))
            assert.equal(there, never, `${stage}, ${who}: ${name}`)
            assert.match(there, /^\[(401|404|400),/, `${stage}, ${who}: ${name}`)
            tried++
          }
        }
      }
      assert.ok(tried > 50, `${tried} tried`)
    })

    test(`${stage}: lists, counts, the public tally and the log say what they said before there was a case`, async () => {
      for (const [who, one] of askers)
        for (const path of LISTS)
          assert.equal(await list(one, path), earlier.get(`${who} ${path}`), `${stage}, ${who}: ${path}`)
    })
  }

  test('a coordinator of another clearinghouse, to whom the queue of flaws is open, is told no name of a case', async () => {
    const elsewhere = await member(door.ground, 'Another Clearinghouse', ['coordinator'])
    const { id: taken } = (await world.openCase([world.flaw(1)])).row
    const answer = await ask(elsewhere, 'POST', '/v1/cases', { flaws: [world.flaw(1)] })
    const text = await answer.text()
    assert.equal(answer.status, 409, text)
    assert.ok(!text.includes(taken) && text.includes('another case'), text)
    assert.equal((await ask(elsewhere, 'GET', `/v1/cases/${taken}`)).status, 404)
    await world.act(world.coordinator, taken, { do: 'close', why: 'Opened to look.' } as never)
  })

  test('the event stream tells a stranger nothing of what happens in cases', async () => {
    const controller = new AbortController()
    const heard: string[] = []
    const listening = [...askers].slice(1).map(async ([, one]) => {
      const answer = await door.app.request(`http://localhost:${door.desks.config.port}/v1/events`, {
        headers: { cookie: `weir_session=${one!.as.cookie}`, host: `localhost:${door.desks.config.port}` },
        signal: controller.signal,
      })
      if (answer.status !== 200 || answer.body === null) return
      const reader = answer.body.getReader()
      const stop = new Promise<null>((resolve) => controller.signal.addEventListener('abort', () => resolve(null)))
      for (;;) {
        const part = await Promise.race([reader.read(), stop])
        if (part === null || part.done) return await reader.cancel()
        heard.push(Buffer.from(part.value).toString())
      }
    })
    try {
      const other = (await world.openCase([world.flaw(3)], { policy: 'cert-cc/45-days' })).row.id
      await world.bring(other, world.vendors[0]!, 'vendor')
      await told()
      await new Promise((resolve) => setTimeout(resolve, 600))
    } finally {
      controller.abort()
      await Promise.all(listening)
    }
    assert.deepEqual(heard, [])
  })

  test('the log has one leaf for each interval with a case or without, and no word of any', async () => {
    const entries = async () => {
      door.time.now += 2 * MINUTE
      await door.desks.ledger.turn()
      const { rows } = await door.database.owner.query('select l::text as text from weir.ledger_leaf l')
      return rows.map(({ text }: { text: string }) => text)
    }
    const calm = await entries()
    const other = (await world.list(world.coordinator)).rows.find(({ state }) => state === 'open')!.id
    for (let n = 0; n < 5; n++) await world.say(world.coordinator, other, `Message ${n}.`)
    await world.act(world.coordinator, other, { do: 'end-embargo', why: 'adversary-knows' } as never)
    const busy = await entries()
    const quiet = await entries()
    assert.equal(busy.length - calm.length, quiet.length - busy.length)
    for (const text of busy) for (const secret of [id, other, 'Overflow', 'Vendor']) assert.ok(!text.includes(secret))
  })

  test('the time of an answer does not tell a case that is there from one that is not', async (t) => {
    // A case with as many parties as a real one, so that reading it would take its time.
    const { id: full } = (await world.openCase([world.flaw(1), world.flaw(2)], { policy: 'cert-cc/45-days' })).row
    const many = await Promise.all(Array.from({ length: 40 }, (_, n) => member(door.ground, `Maker ${n}`, ['maintainer'])))
    for (const one of many) await world.invite(full, one, 'vendor')
    const draft = await need<AdvisoryView>('POST', `/v1/cases/${full}/advisory`, {}, 201)
    const paths: readonly (readonly [string, string, string, object?])[] = [
      ['GET', `/v1/cases/${full}`, `/v1/cases/cas_${ABSENT}`],
      ['GET', `/v1/cases/${full}/letters`, `/v1/cases/cas_${ABSENT}/letters`],
      ['GET', `/v1/cases/${full}/relay`, `/v1/cases/cas_${ABSENT}/relay`],
      ['GET', `/v1/advisories/${draft.row.id}`, `/v1/advisories/adv_${ABSENT}`],
      [
        'POST',
        `/v1/cases/${full}/acts`,
        `/v1/cases/cas_${ABSENT}/acts`,
        { version: 1, act: { do: 'decline', party: 'ptp_x' } },
      ],
    ]
    const slow: string[] = []
    for (const [method, there, never, body] of paths) {
      const signs: number[] = []
      for (let round = 0; round < 3; round++) {
        const { z, p } = await race(world.vendors[3]!, method, there, never, body)
        t.diagnostic(`${method} ${there.replace(/_\w{24}/, '')}: z ${z.toFixed(1)}, p ${p.toFixed(4)}`)
        if (p >= 0.001) break
        signs.push(Math.sign(z))
      }
      // Noise alone passes once in a thousand rounds; a difference counts when three rounds in a row show it with the same sign.
      if (signs.length === 3 && new Set(signs).size === 1) slow.push(`${method} ${there}`)
    }
    assert.deepEqual(slow, [], 'answers about what is there take a different time, three times in a row')
  })

  const PAIRS = 60
  async function race(who: Member, method: string, there: string, never: string, body?: object) {
    const times: Record<string, number[]> = { there: [], never: [] }
    for (let n = 0; n < PAIRS + 3; n++) {
      const order = n % 2 === 0 ? (['there', 'never'] as const) : (['never', 'there'] as const)
      for (const one of order) {
        const from = performance.now()
        const answer = await ask(who, method, one === 'there' ? there : never, body)
        await answer.text()
        // The first rounds warm what both share.
        if (n >= 3) times[one]!.push(performance.now() - from)
        assert.equal(answer.status, 404)
      }
    }
    return differs(times['there']!, times['never']!)
  }
})

/** Bodies that a route would take from whoever may send them. */
const BODIES: Partial<Record<RouteName, object>> = {
  actCase: { version: 1, act: { do: 'decline', party: `ptp_${ABSENT}` } },
  addCasePaper: { text: 'hello' },
  draftLetter: { template: 'reminder', party: `ptp_${ABSENT}` },
  actLetter: { do: 'drop', version: 1 },
  actWebhook: { do: 'turn-off' },
  editAdvisory: { version: 1, content: {} },
  actAdvisory: { version: 1, act: { do: 'ready' } },
  draftRelay: { route: 'vince', flaw: `flw_${ABSENT}` },
  actRelay: { version: 1, act: { do: 'drop' } },
  actCve: { act: { do: 'reserve' } },
}

const PREFIX: Partial<Record<NounKind, string>> = {
  advisory: 'adv',
  'advisory-draft': 'adv',
  letter: 'ltr',
  notice: 'ntc',
  webhook: 'whk',
}

/** A route's path with things that are there, and with things of the same shape that never were; null before there are any. */
function filled(
  name: RouteName,
  path: string,
  things: Readonly<Record<string, string>>,
): { there: string; never: string } | null {
  const noun = ROUTES[name].asks!.noun
  const isOfCase = path.startsWith('/v1/cases/')
  const own = isOfCase ? things['case'] : things[noun === 'advisory-draft' ? 'advisory' : noun]
  if (own === undefined) return null
  const prefix = isOfCase ? 'cas' : (PREFIX[noun] ?? assert.fail(`no prefix for ${noun}`))
  const rest = { paper: 'doc', evidence: 'evd', relay: 'rly', flaw: 'flw' } as const
  let there = path.replace('{id}', own)
  let never = path.replace('{id}', `${prefix}_${ABSENT}`)
  for (const [key, start] of Object.entries(rest)) {
    const thing = name === 'readCasePatch' ? things['patch'] : things[key]
    there = there.replace(`{${key}}`, thing ?? `${start}_${ABSENT}`)
    never = never.replace(`{${key}}`, `${start}_${ABSENT}`)
  }
  assert.ok(!there.includes('{'), `nobody knows what stands for a part of ${path}`)
  return { there, never }
}

/** A list without the instant at which it was made and the head of the log, which moves with time alone. */
function timeless(text: string): string {
  const still = text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')
  return still.replace(/(\\"root\\":\\")[\w+/=]+/, '$1').replace(/(\\"size\\":)\d+/, '$1')
}
