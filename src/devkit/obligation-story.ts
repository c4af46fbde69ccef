import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { AdvisoryRecord } from '../core/exposure/advisory-record.ts'
import { about, component } from '../core/exposure/advisory-samples.ts'
import { NO_TAGS } from '../core/exposure/component.ts'
import { refOf } from '../core/exposure/directives/directive.ts'
import { readPolicy } from '../core/exposure/directives/policy/parse-policy.ts'
import { DIRECTIVES, directiveByRef } from '../core/exposure/directives/registry.ts'
import { datingOf } from '../core/exposure/obligation/dating.ts'
import { decideItem } from '../core/exposure/obligation/item/decide-item.ts'
import { evolveItem } from '../core/exposure/obligation/item/evolve-item.ts'
import type { ObligationItem } from '../core/exposure/obligation/item/item.ts'
import type { ItemCommand } from '../core/exposure/obligation/item/item-command.ts'
import { oblige } from '../core/exposure/obligation/oblige.ts'
import { DAY, type Instant, instant } from '../core/kernel/instant.ts'
import { type HeldAsset, InventoryBook } from '../server/app/exposure/inventory-book.ts'
import { KnownMemory } from '../server/app/exposure/known-memory.ts'
import { type ObligationBody, withNotes } from '../server/app/exposure/obligation-body.ts'
import { planObligations } from '../server/app/exposure/obligation-plan.ts'
import type { GoesBy } from '../server/app/exposure/obligation-rule.ts'
import { inventoriesOf, wantedFor } from '../server/app/exposure/obligation-sync.ts'
import { OwnVexBook } from '../server/app/exposure/own-vex-book.ts'
import { assertReasons, seenIn } from './story-reasons.ts'

// Histories of one organisation without a database: what is owed after each step is held against what would be owed computed from
// nothing, and against what was owed before it: whatever opened, settled, moved or went has its reason written down in that step.

const ORGANISATION = 'org_story'
const PACKAGES = ['a', 'b'] as const
const VERSIONS = ['1.0.0', '2.0.0', '3.0.0'] as const
const EDITIONS = { kev: { source: 'kev', asOf: null }, epss: null }
const RULES = ['bod-26-04', 'kev-dates', 'ssvc-deployer', 'none', 'own/1', 'own/2'] as const
const BEGIN = Date.UTC(2026, 1, 26, 23, 50)

export type StoryStep =
  | { readonly do: 'inventory'; readonly asset: number; readonly has: readonly (readonly [number, number])[] }
  | { readonly do: 'drop'; readonly asset: number }
  | { readonly do: 'tag'; readonly asset: number; readonly exposure: 'public' | 'internal' | null; readonly live: boolean }
  | {
      readonly do: 'record'
      readonly n: number
      readonly fixed: number
      readonly alias: boolean
      readonly withdrawn: boolean
    }
  | { readonly do: 'kev'; readonly n: number; readonly listed: boolean }
  | { readonly do: 'rule'; readonly directive: (typeof RULES)[number]; readonly fromChange: boolean }
  | {
      readonly do: 'act'
      readonly what: 'remediate' | 'mitigate' | 'defer' | 'reopen' | 'not-affected'
      readonly on: number
      readonly asset: number | null
    }
  | { readonly do: 'wait'; readonly hours: number }

const asset = fc.integer({ min: 0, max: 2 })
const pair = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 2 }))
const of = <T extends string>(word: T) => fc.constant(word)

/** One thing that happens: to inventories, tags, records, the catalogue or the rule, by a person, or only time. */
export const storyStep: fc.Arbitrary<StoryStep> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: of('inventory'), asset, has: fc.uniqueArray(pair, { maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: of('drop'), asset }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: of('tag'), asset, exposure: fc.constantFrom('public', 'internal', null), live: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: of('record'),
      n: fc.integer({ min: 0, max: 3 }),
      fixed: fc.integer({ min: 1, max: 3 }),
      alias: fc.boolean(),
      withdrawn: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: of('kev'), n: fc.integer({ min: 0, max: 1 }), listed: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: of('rule'),
      directive: fc.constantFrom(...RULES),
      fromChange: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: of('act'),
      what: fc.constantFrom('remediate', 'mitigate', 'defer', 'reopen', 'not-affected'),
      on: fc.nat({ max: 9 }),
      asset: fc.option(asset),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: of('wait'), hours: fc.constantFrom(1, 24, 24 * 6, 24 * 40) }) },
)

/** Tells one history, checking each step; how many obligations it saw standing. Throws what `assert` throws. */
export async function tellStory(steps: readonly StoryStep[]): Promise<number> {
  const story = new Story()
  await story.open()
  let seen = 0
  for (const step of steps) seen += await story.take(step)
  return seen
}

class Story {
  readonly #known = new KnownMemory()
  readonly #book = new InventoryBook(this.#known)
  readonly #kept = new Map<string, ObligationBody>()
  /** Assets that ever had two versions of a package beside each other. */
  readonly #beside = new Set<string>()
  readonly #tags = new Map<number, HeldAsset['tags']>()
  #inventories = new Map<number, { readonly id: string; readonly version: number }>()
  #rule = goesBy('bod-26-04', false)
  #now = BEGIN as Instant
  #owed: Set<string> | 'all' = new Set()
  #version = 0
  #ids = 0

  async open(): Promise<void> {
    this.#known.onChange((change) => {
      const touched = this.#book.change(change)
      this.#owe(change.catalogues ? 'all' : touched)
    })
    await this.#known.apply([], EDITIONS, 0)
    await this.take({ do: 'record', n: 0, fixed: 3, alias: true, withdrawn: false })
    await this.take({ do: 'inventory', asset: 0, has: [[0, 0]] })
  }

  async take(step: StoryStep): Promise<number> {
    this.#now = instant(this.#now + 60_000)
    const before = seenIn(this.#kept, this.#now)
    await this.#do(step)
    this.#sync()
    this.#same()
    const isThere = (id: string) => this.#book.asset(id) !== undefined
    assertReasons(before, this.#kept, { now: this.#now, isThere, step: JSON.stringify(step) })
    return [...this.#kept.values()].filter(({ assets }) => assets.length > 0).length
  }

  async #do(step: StoryStep): Promise<void> {
    switch (step.do) {
      case 'inventory': {
        const held = this.#inventories.get(step.asset) ?? { id: `inv_${step.asset}_${this.#ids++}`, version: 0 }
        const next = { id: held.id, version: held.version + 1 }
        this.#inventories.set(step.asset, next)
        for (const name of PACKAGES.keys())
          if (step.has.filter(([one]) => one === name).length > 1) this.#beside.add(`${held.id} npm/${PACKAGES[name]}`)
        const components = step.has.map(([name, version]) => purlOf(PACKAGES[name]!, VERSIONS[version]!))
        this.#owe(this.#book.put(this.#asset(step.asset, next, this.#now), components))
        return
      }
      case 'drop': {
        const held = this.#inventories.get(step.asset)
        if (held === undefined) return
        this.#inventories.delete(step.asset)
        this.#book.remove(held.id)
        this.#owe('all')
        return
      }
      case 'tag': {
        const held = this.#inventories.get(step.asset)
        this.#tags.set(step.asset, { ...NO_TAGS, exposure: step.exposure, environment: step.live ? 'production' : null })
        const known = held === undefined ? undefined : this.#book.asset(held.id)
        if (held === undefined || known === undefined) return
        const next = { id: held.id, version: held.version + 1 }
        this.#inventories.set(step.asset, next)
        const at = instant(known.receivedAt)
        this.#owe(this.#book.put(this.#asset(step.asset, next, at), [...this.#book.componentsIn(held.id)]))
        return
      }
      case 'record': {
        const name = PACKAGES[step.n % 2]!
        const body: AdvisoryRecord = {
          ...about('npm', name, [[{ introduced: '0' }, { fixed: `${step.fixed}.5.0` }]]),
          id: `GHSA-${step.n}`,
          aliases: step.alias ? [`CVE-2026-000${step.n % 2}`] : [],
          withdrawn: step.withdrawn ? instant(1) : null,
        }
        const said = { kind: 'record', source: body.source, id: body.id, body } as const
        await this.#known.apply([said], EDITIONS, ++this.#version)
        return
      }
      case 'kev': {
        const cve = `CVE-2026-000${step.n}`
        const added = instant(Math.floor(this.#now / DAY) * DAY)
        const entry = {
          cve,
          added,
          precision: 'day',
          due: instant(added + 21 * DAY),
          triage: null,
          action: '',
          notes: '',
        } as const
        const rest = { vendor: '', product: '', name: '', description: '', ransomware: null, links: [], weaknesses: [] }
        const said = { kind: 'kev', id: cve, body: step.listed ? { entry, ...rest } : null } as const
        await this.#known.apply([said], EDITIONS, ++this.#version)
        return
      }
      case 'rule':
        this.#rule = goesBy(step.directive, step.fromChange)
        this.#owe('all')
        return
      case 'wait':
        this.#now = instant(this.#now + step.hours * 3_600_000)
        return this.#eachItem(() => [{ do: 'clock' }])
      case 'act':
        return this.#act(step)
    }
  }

  #act({ what, on, asset: which }: Extract<StoryStep, { do: 'act' }>): void {
    const names = [...this.#kept.keys()].sort()
    const name = names[on % Math.max(1, names.length)]
    this.#eachItem((one, { assets }) => {
      if (one !== name) return []
      const inventory = which === null ? undefined : this.#inventories.get(which)?.id
      const meant = assets.filter((id) => which === null || id === inventory)
      const claim = { author: '', source: 'operator', document: null, status: 'not-affected', at: this.#now } as const
      const words = { justification: 'component_not_present', detail: 'It is not built in.' }
      if (what === 'defer') return [{ do: 'defer', reason: 'later', until: instant(this.#now + 5 * DAY) }]
      if (meant.length === 0) return []
      if (what === 'not-affected') return [{ do: 'state-not-affected', assets: meant, claim: { ...claim, ...words } }]
      if (what === 'reopen') return [{ do: 'reopen', assets: meant, reason: 'It was not done.' }]
      return [{ do: what, assets: meant, evidence: 'WO-1' }]
    })
  }

  #eachItem(commandsOf: (name: string, body: ObligationBody) => readonly ItemCommand[]): void {
    for (const [name, body] of this.#kept) {
      let { item, notes } = body
      for (const command of commandsOf(name, body)) {
        const { directive, find } = this.#rule
        const decided = decideItem(item, command, { by: null, now: this.#now, directive, find })
        if (!decided.ok) continue
        item = decided.events.reduce<ObligationItem>(evolveItem, item)
        notes = withNotes(notes, decided.events)
      }
      if (item !== body.item) this.#kept.set(name, { ...body, item, notes })
    }
  }

  #sync(): void {
    const scope = this.#owed
    this.#owed = new Set()
    const { put, drop } = this.#plan(scope)
    for (const name of drop) this.#kept.delete(name)
    for (const { name, body } of put) this.#kept.set(name, body)
    const again = this.#plan('all')
    assert.deepEqual([again.put.map(({ name }) => name), again.drop], [[], []], 'said again it changes nothing')
  }

  #plan(scope: ReadonlySet<string> | 'all') {
    const desk = { book: this.#book, known: this.#known, vex: new OwnVexBook() }
    const places = scope === 'all' ? this.#book.placesOf(ORGANISATION) : scope
    const wanted = wantedFor(desk, ORGANISATION, places, this.#rule, this.#now)
    return planObligations(
      [...this.#kept].map(([name, body]) => ({ ...body, name })),
      wanted,
      {
        rule: this.#rule,
        now: this.#now,
        inScope: (place) => scope === 'all' || scope.has(place),
        inventories: inventoriesOf(desk, ORGANISATION),
        id: () => `obl_${this.#ids++}`,
      },
    )
  }

  /** What stands is what would be owed computed from nothing, but for the start of the clock. */
  #same(): void {
    const anew = new InventoryBook(this.#known)
    for (const held of this.#book.assets) anew.put(held, [...this.#book.componentsIn(held.inventory)])
    const desk = { book: anew, known: this.#known, vex: new OwnVexBook() }
    const wanted = wantedFor(desk, ORGANISATION, anew.placesOf(ORGANISATION), this.#rule, this.#now)
    const live = [...this.#kept].filter(([, { assets }]) => assets.length > 0)
    assert.deepEqual(
      live.map(([name, { assets }]) => [name, assets]).sort(),
      wanted.map(({ name, assets }) => [name, assets.map(({ inventory }) => inventory)]).sort(),
    )
    for (const [name, { item }] of live) {
      const { facts } = wanted.find((one) => one.name === name)!
      const same = { ...facts, identified: item.facts.identified }
      const fresh = datingOf(oblige(this.#rule.directive, same, this.#rule.choice, item.dating.since))
      assert.deepEqual(
        [item.dating.tier, item.dating.inputs, item.dating.directive],
        [fresh.tier, fresh.inputs, fresh.directive],
      )
      if (this.#rule.choice === 'from-first') assert.equal(item.dating.due, fresh.due)
    }
    this.#countedOnce()
    const dropped = (id: string) => this.#book.asset(id) === undefined
    for (const { item, assets, stood = [] } of this.#kept.values())
      assert.ok(
        ![...assets, ...stood, ...item.parts.flatMap((part) => part.assets)].some(dropped),
        'nothing is left of what was dropped',
      )
    if ([...this.#book.assets].length === 0) assert.equal(this.#kept.size, 0, 'nothing is owed where nothing is')
  }

  /** No asset counts as settled and as open of one flaw of a package, but where it has two versions of it. */
  #countedOnce(): void {
    for (const [name, { item, assets, packageKey, flaw }] of this.#kept) {
      const past = item.parts.flatMap((part) => part.assets).filter((id) => !assets.includes(id))
      for (const [other, body] of this.#kept) {
        const isKin = other !== name && body.packageKey === packageKey && body.flaw === flaw
        const both = isKin ? body.assets.filter((id) => past.includes(id) && !this.#beside.has(`${id} ${packageKey}`)) : []
        assert.deepEqual(both, [], `settled in ${name} and there in ${other}`)
      }
    }
  }

  #owe(places: ReadonlySet<string> | 'all'): void {
    if (places === 'all' || this.#owed === 'all') this.#owed = 'all'
    else this.#owed = new Set([...this.#owed, ...places])
  }

  #asset(n: number, { id, version }: { id: string; version: number }, receivedAt: Instant): HeldAsset {
    const tags = this.#tags.get(n) ?? NO_TAGS
    return {
      organisation: ORGANISATION,
      inventory: id,
      version,
      asset: `asset ${n}`,
      tags,
      receivedAt,
      whole: null,
      stated: [],
    }
  }
}

function purlOf(name: string, version: string) {
  return component(`pkg:npm/${name}@${version}`, { name, version })
}

/** Two editions of a policy of one's own, of which one parts assets by more tags than the other. */
const POLICIES = ['1', '2'].map((version) => {
  const when = version === '1' ? { environment: 'production' } : { exposure: 'public' }
  const rules = [{ name: 'first', when, time: { days: 5 } }]
  const read = readPolicy({ format: 'weir-exposure-policy/1', name: 'Own', version, rules, otherwise: { days: 30 } })
  assert.ok(read.ok, JSON.stringify(read))
  return read.directive
})

function goesBy(name: (typeof RULES)[number], fromChange: boolean): GoesBy {
  const [id, version] = name.split('/')
  const directive = [...DIRECTIVES, ...POLICIES].find((one) => one.id === id && (id !== 'own' || one.version === version))!
  const choice = fromChange ? 'from-change' : 'from-first'
  const find = (ref: string) => (ref === refOf(directive) ? directive : directiveByRef(ref))
  return { directive, choice, bound: true, find, version: 1, own: null, believe: [], believeInventories: false }
}
