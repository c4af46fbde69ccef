import assert from 'node:assert/strict'
import type { CalendarOut, CaseList, CasePaperList, CaseView } from '../../src/contract/shapes/case.ts'
import type { CaseWorld } from '../../src/devkit/case-world.ts'
import type { Member } from '../../src/devkit/members.ts'
import { ACTORS, type Actor, actorsOf, shownAs } from './story-cast.ts'

/** What the table says of one step of the story. */
export interface Expected {
  /** Actors by what they read: flaws as letters, `?` for an invitation. Whoever is named nowhere gets a 404. */
  readonly reads: Readonly<Record<string, string>>
  /** Parties that are shown by name, by the flaws that the viewer reads; `chair`: to the coordinator. Whoever hides also sees itself. */
  readonly names: Readonly<Record<string, string>>
  /** How many take part without a name, by the flaws that the viewer reads; none where it does not say. */
  readonly hidden?: Readonly<Record<string, number>>
  /** Who reads each text or file that was planted, by its mark. */
  readonly marks: Readonly<Record<string, string>>
  readonly embargo: CaseView['embargo']['state']
  /** After the end of the case its contents are gone for everybody. */
  readonly closed?: boolean
}

/** One look of everybody. `deep`: at timeline, calendar and the lists of those without a part, too. */
export interface Look {
  readonly expected: Expected
  readonly step: string
  /** All that were ever planted. */
  readonly marks: readonly string[]
  readonly deep: boolean
}

/** Words of each flaw that nobody may meet who does not read it. */
const WORDS = (n: number) => [`Overflow number ${n}`, `secret words of finding ${n}`, `quarry-${n - 1}`]

/** Compares what everybody is shown with the table. */
export async function compare(
  world: CaseWorld,
  cast: ReadonlyMap<Actor, Member | null>,
  id: string,
  { expected, step, marks, deep }: Look,
): Promise<void> {
  const reads = new Map<Actor, string>()
  for (const [what, who] of Object.entries(expected.reads)) for (const actor of actorsOf(who)) reads.set(actor, what)
  for (const actor of ACTORS) {
    const label = `${step}: ${actor}`
    const one = cast.get(actor) ?? null
    const what = reads.get(actor) ?? null
    if (what === null) await seesNothing(world, one, id, label, deep)
    else await seesThat(world, { actor, one: one!, id, what, label, expected, marks, deep })
  }
}

const PARTS = ['', '/timeline', '/reads', '/papers', '/receipt', '/proof', '/letters']
const LISTS = ['/v1/cases', '/v1/calendar', '/v1/notices', '/v1/inbox', '/v1/letters', '/v1/advisories', '/v1/public']

/** What there is of a case that does not exist, asked once for each asker and part. */
const ABSENT = new Map<string, string>()
async function absence(world: CaseWorld, one: Member | null, absent: string, part: string): Promise<string> {
  const none = await world.get(one, absent, part)
  return JSON.stringify([await none.text(), [...none.headers]])
}

/** Byte for byte what there is of a case that does not exist, and no list with a word of it. */
async function seesNothing(world: CaseWorld, one: Member | null, id: string, label: string, deep: boolean): Promise<void> {
  const absent = `cas_${'0'.repeat(24)}`
  for (const part of deep ? PARTS : PARTS.slice(0, 3)) {
    const hidden = await world.get(one, id, part)
    assert.ok(hidden.status === 404 || (one === null && hidden.status === 401), `${label} ${part}: ${hidden.status}`)
    const told = JSON.stringify([await hidden.text(), [...hidden.headers]])
    const key = `${one?.id} ${part}`
    const none = ABSENT.get(key) ?? (await absence(world, one, absent, part))
    ABSENT.set(key, none)
    assert.equal(told, none, `${label} ${part || 'case'}`)
  }
  for (const path of deep ? LISTS : LISTS.slice(0, 1)) {
    const text = await (await world.door.ask('GET', path, { as: one?.as ?? null })).text()
    // Whoever was asked once keeps what they were told then, and is told nothing more.
    if (path === '/v1/notices') assert.doesNotMatch(text, /Secrecy ended|public|Overflow|has a fix|closed/, label)
    else assert.ok(!text.includes(id), `${label} finds the case in ${path}`)
    assert.ok(!/Vendor \d|Distributor \d/.test(text), `${label} finds a party in ${path}`)
  }
}

interface Sight {
  readonly actor: Actor
  readonly one: Member
  readonly id: string
  readonly what: string
  readonly label: string
  readonly expected: Expected
  readonly marks: readonly string[]
  readonly deep: boolean
}

/** Letters, for those to whom they are shown; notices, for everybody. */
async function lettersOf(world: CaseWorld, { one, id, actor, label, deep, marks }: Sight): Promise<string> {
  const answer = await world.get(one, id, '/letters')
  assert.equal(answer.status, actor === 'chair' ? 200 : 404, `${label}: letters`)
  const text = await answer.text()
  if (!deep) return actor === 'chair' ? text : ''
  const notices = await (await world.door.ask('GET', '/v1/notices', { as: one.as })).text()
  for (const word of [...marks, 'Overflow', 'quarry']) assert.ok(!notices.includes(word), `${label}: ${word} in a notice`)
  // The coordinator is not told what it did itself.
  if (actor !== 'chair') assert.ok(notices.includes(id), `${label}: notices of the case`)
  return actor === 'chair' ? text : ''
}

async function seesThat(world: CaseWorld, sight: Sight): Promise<void> {
  const { actor, one, id, what, label, expected, marks } = sight
  const view = await world.view(one, id)
  const flaws = what === '?' ? '' : what
  const letters = view.flaws.map((flaw) => 'ABC'[Number(flaw.title.slice(-1)) - 1]).join('')
  assert.equal(view.row.reads, what === '?' ? 'invitation' : 'content', label)
  assert.equal(letters, expected.closed ? '' : flaws, `${label} reads flaws`)
  assert.equal(view.embargo.state, expected.embargo, label)
  const said = await texts(world, sight)
  const text = [JSON.stringify(view), await lettersOf(world, sight), ...said].join('\n')
  for (const [n, letter] of ['A', 'B', 'C'].entries())
    for (const word of WORDS(n + 1))
      assert.equal(text.includes(word), flaws.includes(letter) && !expected.closed, `${label} and ${word}`)
  const seen = marks.filter((mark) => text.includes(mark))
  const may = marks.filter((mark) => actorsOf(expected.marks[mark] ?? '').includes(actor))
  assert.deepEqual(seen, may, `${label} reads texts`)
  const names = view.parties.flatMap((party) => (party.name === null ? [] : [party.name])).sort()
  const shown = what === '?' ? [] : actorsOf(namesFor(expected, actor, what))
  const all = new Set(what === '?' ? [] : [...shown.map(shownAs), shownAs(actor)])
  assert.deepEqual(names, [...all].sort(), `${label} sees parties`)
  const own = actor !== 'chair' && what !== '?' && !shown.includes(actor) ? 1 : 0
  assert.equal(
    view.hidden,
    actor === 'chair' ? 0 : Math.max(0, (expected.hidden?.[what] ?? 0) - own),
    `${label}: parties without a name`,
  )
}

// The coordinator sees whoever hides.
function namesFor({ names }: Expected, actor: Actor, what: string): string {
  return (actor === 'chair' ? names['chair'] : undefined) ?? names[what] ?? assert.fail(`no names for ${actor} at ${what}`)
}

/** Everything else that there is for somebody in the case. */
async function texts(world: CaseWorld, { one, id, label, what, deep, expected: { closed } }: Sight): Promise<string[]> {
  const all: string[] = []
  const list = (await (await world.door.ask('GET', '/v1/cases', { as: one.as })).json()) as CaseList
  assert.deepEqual(
    list.rows.map((row) => row.id),
    [id],
    `${label}: the list`,
  )
  all.push(JSON.stringify(list))
  if (deep) {
    const calendar = (await (await world.door.ask('GET', '/v1/calendar', { as: one.as })).json()) as CalendarOut
    assert.ok(
      calendar.rows.every((row) => row.case === id),
      `${label}: the calendar`,
    )
    all.push(JSON.stringify(calendar))
  }
  const inside = what === '?' ? 404 : closed ? 410 : 200
  for (const part of deep ? ['/timeline?limit=500', '/papers'] : ['/papers']) {
    const answer = await world.get(one, id, part)
    assert.equal(answer.status, inside, `${label} ${part}`)
    const text = await answer.text()
    all.push(text)
    if (part !== '/papers' || inside !== 200) continue
    for (const paper of (JSON.parse(text) as CasePaperList).rows.filter(({ kind }) => kind === 'file')) {
      const bytes = await world.get(one, id, `/papers/${paper.id}`)
      assert.equal(bytes.status, 200, `${label}: a paper that is listed is there`)
      all.push(await bytes.text())
    }
  }
  return all
}
