import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Principal } from '../../../core/access/principal.ts'
import type { AdvisoryRecord } from '../../../core/exposure/advisory-record.ts'
import { about, component } from '../../../core/exposure/advisory-samples.ts'
import { NO_TAGS } from '../../../core/exposure/component.ts'
import { datingOf } from '../../../core/exposure/obligation/dating.ts'
import { oblige } from '../../../core/exposure/obligation/oblige.ts'
import type { VexStatus } from '../../../core/exposure/vex/vex-statement.ts'
import { type Id, newId } from '../../../core/kernel/id.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { freshDatabase } from '../../../devkit/pg.ts'
import type { KevRow } from '../../../formats/known/kev.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { obligationsOf } from '../../store/obligation.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { addInventory } from './inventory-add.ts'
import { InventoryBook } from './inventory-book.ts'
import { dropInventory, tagInventory } from './inventory-edit.ts'
import { openExposureDesk } from './inventory-follow.ts'
import { KnownMemory } from './known-memory.ts'
import { openObligation, tallyAssets } from './obligation-body.ts'
import { loadRule, ruleOut } from './obligation-rule.ts'
import { setRule } from './obligation-rule-edit.ts'
import { syncObligations, wantedFor } from './obligation-sync.ts'
import { addOwnVex, dropOwnVex } from './own-vex-add.ts'

const PACKAGES = ['a', 'b'] as const
const VERSIONS = ['1.0.0', '2.0.0'] as const
const EDITIONS = { kev: { source: 'kev', asOf: null }, epss: null }

type Step =
  | { readonly do: 'inventory'; readonly asset: number; readonly has: readonly (readonly [number, number])[] }
  | { readonly do: 'drop'; readonly asset: number }
  | { readonly do: 'tag'; readonly asset: number; readonly exposure: 'public' | 'internal' | null }
  | { readonly do: 'record'; readonly n: number; readonly fixed: number; readonly alias: boolean; readonly withdrawn: boolean }
  | { readonly do: 'kev'; readonly n: number; readonly listed: boolean }
  | { readonly do: 'rule'; readonly directive: 'bod-26-04' | 'kev-dates' | 'none' }
  | { readonly do: 'believe'; readonly maker: boolean; readonly inventories: boolean }
  | {
      readonly do: 'vex'
      readonly own: boolean
      readonly flaw: number
      readonly version: number
      readonly status: VexStatus | null
    }

/** Something is owed from the start. */
const BEGIN: readonly Step[] = [
  { do: 'record', n: 0, fixed: 2, alias: true, withdrawn: false },
  { do: 'inventory', asset: 0, has: [[0, 0]] },
]

const asset = fc.integer({ min: 0, max: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('inventory' as const),
    asset,
    has: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })), { maxLength: 4 }),
  }),
  fc.record({ do: fc.constant('drop' as const), asset }),
  fc.record({
    do: fc.constant('tag' as const),
    asset,
    exposure: fc.constantFrom('public' as const, 'internal' as const, null),
  }),
  fc.record({
    do: fc.constant('record' as const),
    n: fc.integer({ min: 0, max: 3 }),
    fixed: fc.integer({ min: 1, max: 2 }),
    alias: fc.constantFrom(true, true, false),
    withdrawn: fc.constantFrom(false, false, true),
  }),
  fc.record({ do: fc.constant('kev' as const), n: fc.integer({ min: 0, max: 1 }), listed: fc.boolean() }),
  fc.record({
    do: fc.constant('rule' as const),
    directive: fc.constantFrom('bod-26-04' as const, 'kev-dates' as const, 'none' as const),
  }),
  fc.record({ do: fc.constant('believe' as const), maker: fc.boolean(), inventories: fc.boolean() }),
  fc.record({
    do: fc.constant('vex' as const),
    own: fc.boolean(),
    flaw: fc.integer({ min: 0, max: 1 }),
    version: fc.integer({ min: 0, max: 1 }),
    status: fc.constantFrom(
      'not-affected' as const,
      'fixed' as const,
      'affected' as const,
      'under-investigation' as const,
      null,
    ),
  }),
)

describe('what is computed by and by', () => {
  test('is what would be computed from nothing, whatever came in which order', async () => {
    const database = await freshDatabase()
    const time = { now: Date.UTC(2026, 10, 21, 12) }
    const ground: Ground = {
      store: database.store,
      keys: database.keys,
      blobs: memoryBlobs(),
      clock: () => instant(time.now),
      random: (length) => randomBytes(length),
    }
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
          const world = await World.open(ground, time)
          try {
            for (const one of [...BEGIN, ...steps]) {
              await world.take(one)
              await world.check()
            }
            await world.again()
          } finally {
            await world.close()
          }
        }),
        { numRuns: 30 },
      )
    } finally {
      await database.close()
    }
  })
})

/** One organisation on a database that others share, records of its own, and both ways to compute. */
class World {
  readonly #ground: Ground
  readonly #time: { now: number }
  readonly #who: Principal
  readonly #known = new KnownMemory()
  readonly #records = new Map<string, AdvisoryRecord>()
  readonly #assets = new Map<number, { id: string; components: readonly string[] }>()
  readonly #vex = new Map<number, string>()
  readonly #accidents: unknown[] = []
  readonly #desk: ExposureDesk
  readonly #stop: () => Promise<void>
  #version = 0

  private constructor(ground: Ground, time: { now: number }) {
    this.#ground = ground
    this.#time = time
    this.#who = {
      kind: 'person',
      person: newId('person', ground.random),
      organisation: newId('organisation', ground.random),
      roles: ['operator'],
      scopes: ['exposure:read', 'exposure:act'],
    }
    const { desk, stop } = openExposureDesk(ground, this.#known, (error) => this.#accidents.push(error))
    this.#desk = desk
    this.#stop = stop
  }

  static async open(ground: Ground, time: { now: number }): Promise<World> {
    const world = new World(ground, time)
    await world.#known.apply([], EDITIONS, 0)
    return world
  }

  /** A second process, or this one after a start, finds everything as it should be and writes nothing. */
  async again(): Promise<void> {
    const { desk, stop } = openExposureDesk(this.#ground, this.#known, (error) => this.#accidents.push(error))
    const before = await this.#versions()
    await desk.follow()
    await stop()
    assert.deepEqual(await this.#versions(), before)
    assert.equal(desk.book.rows, this.#desk.book.rows)
  }

  async #versions(): Promise<unknown> {
    const organisation = this.#who.organisation!
    const rows = await inTransaction(this.#ground.store, { organisation }, async (tx) => await obligationsOf(tx, organisation))
    return rows.map(({ id, version }) => [id, version])
  }

  async close(): Promise<void> {
    for (const { id } of this.#assets.values()) await dropInventory(this.#desk, this.#who, id)
    for (const id of this.#vex.values()) await dropOwnVex(this.#desk, this.#who, id)
    await this.#stop()
    assert.deepEqual(this.#accidents, [])
  }

  async take(step: Step): Promise<void> {
    this.#time.now += 1_000
    switch (step.do) {
      case 'inventory': {
        const components = step.has.map(([name, version]) => `pkg:npm/${PACKAGES[name]}@${VERSIONS[version]}`)
        const text = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components: components.map(asComponent) })
        const source = (async function* () {
          yield Buffer.from(text)
        })()
        const given = { asset: `asset ${step.asset}`, tags: null, name: null, source }
        const added = await addInventory(this.#desk, this.#who, given)
        assert.ok(added.ok, JSON.stringify(added))
        this.#assets.set(step.asset, { id: added.value.id, components })
        return
      }
      case 'drop': {
        const held = this.#assets.get(step.asset)
        this.#assets.delete(step.asset)
        if (held !== undefined) assert.ok((await dropInventory(this.#desk, this.#who, held.id)).ok)
        return
      }
      case 'tag': {
        const held = this.#assets.get(step.asset)
        if (held === undefined) return
        assert.ok((await tagInventory(this.#desk, this.#who, held.id, { ...NO_TAGS, exposure: step.exposure })).ok)
        return
      }
      case 'record': {
        const name = PACKAGES[step.n % 2]!
        const made: AdvisoryRecord = {
          ...about('npm', name, [[{ introduced: '0' }, { fixed: `${step.fixed}.5.0` }]]),
          id: `GHSA-${step.n}`,
          aliases: step.alias ? [`CVE-2026-000${step.n % 2}`] : [],
          withdrawn: step.withdrawn ? (1 as Instant) : null,
        }
        this.#records.set(made.id, made)
        await this.#apply([{ kind: 'record', source: made.source, id: made.id, body: made }])
        return
      }
      case 'kev': {
        const cve = `CVE-2026-000${step.n}`
        const entry = { cve, added: 0 as Instant, precision: 'day', due: null, triage: null, action: '', notes: '' } as const
        const row: KevRow = {
          entry,
          vendor: '',
          product: '',
          name: '',
          description: '',
          ransomware: null,
          links: [],
          weaknesses: [],
        }
        await this.#apply([{ kind: 'kev', id: cve, body: step.listed ? row : null }])
        return
      }
      case 'rule': {
        const { version } = (await this.#rule()).rule
        const { believe, believeInventories } = (await this.#rule()).rule
        const given = { directive: step.directive, binds: true, reading: 'from-first', own: null } as const
        const set = await setRule(this.#desk, this.#who, { ...given, version, believe: [...believe], believeInventories })
        assert.ok(set.ok)
        return
      }
      case 'believe': {
        const { rule } = await this.#rule()
        const given = { ...ruleOut(rule), believe: step.maker ? ['Maker'] : [], believeInventories: step.inventories }
        assert.ok((await setRule(this.#desk, this.#who, given)).ok)
        return
      }
      case 'vex':
        await (step.own ? this.#ownVex(step) : this.#recordVex(step))
    }
  }

  async check(): Promise<void> {
    await this.#desk.follow()
    const organisation = this.#who.organisation!
    const now = this.#ground.clock()
    const { rule } = await this.#rule()
    const anew = new InventoryBook(this.#known)
    for (const held of this.#desk.book.assets) anew.put(held, this.#assetComponents(held.inventory).map(read))
    const places = anew.placesOf(organisation)
    const wanted = wantedFor({ book: anew, known: this.#known, vex: this.#desk.vex }, organisation, places, rule, now)
    const rows = await inTransaction(this.#ground.store, { organisation }, async (tx) => await obligationsOf(tx, organisation))
    const kept = rows.map((row) => openObligation(this.#ground, row)!)
    const live = kept.filter(({ assets }) => assets.length > 0)
    assert.deepEqual(
      live.map(({ place, flaw, assetClass, assets }) => [place, flaw, assetClass, assets]).sort(),
      wanted
        .map(({ place, flaw, assetClass, assets }) => [
          place,
          flaw.primary,
          assetClass,
          assets.map(({ inventory }) => inventory),
        ])
        .sort(),
    )
    for (const { place, flaw, assetClass, item, row, assets } of live) {
      const { facts, statements } = wanted.find(
        (one) => one.place === place && one.flaw.primary === flaw && one.assetClass === assetClass,
      )!
      const fresh = datingOf(oblige(rule.directive, { ...facts, identified: item.facts.identified }, rule.choice))
      assert.deepEqual(
        [item.dating.tier, item.dating.inputs, item.dating.directive],
        [fresh.tier, fresh.inputs, fresh.directive],
      )
      const held = assets.filter((one) => /^(?:not-affected|fixed)$/.test(statements.get(one)?.statement.status ?? ''))
      assert.deepEqual(tallyAssets({ item, assets }, now).held, held)
      assert.equal(row.standing, held.length === assets.length ? 'not-affected' : 'open')
      assert.equal(row.due_at, item.dating.due)
      assert.equal(row.open_assets, assets.length - held.length)
      assert.equal(row.held_assets, held.length)
    }
    // What is left of the rest is history: settled, with evidence.
    for (const one of kept.filter(({ assets }) => assets.length === 0)) assert.notEqual(tallyAssets(one, now).standing, 'open')
    assert.deepEqual(await syncObligations(this.#desk, organisation, 'all'), { written: 0, dropped: 0 })
  }

  async #ownVex({ flaw, version, status }: Extract<Step, { do: 'vex' }>): Promise<void> {
    const held = this.#vex.get(flaw)
    if (status === null) {
      this.#vex.delete(flaw)
      if (held !== undefined) assert.ok((await dropOwnVex(this.#desk, this.#who, held)).ok)
      return
    }
    const text = JSON.stringify({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': `own-${flaw}`,
      author: 'Us',
      timestamp: '2026-11-01T00:00:00Z',
      statements: [
        {
          vulnerability: { name: `CVE-2026-000${flaw}` },
          products: [{ '@id': `pkg:npm/${PACKAGES[flaw]}@${VERSIONS[version]}` }],
          status: status.replaceAll('-', '_'),
        },
      ],
    })
    const source = (async function* () {
      yield Buffer.from(text)
    })()
    const added = await addOwnVex(this.#desk, this.#who, { name: null, source })
    assert.ok(added.ok, JSON.stringify(added))
    this.#vex.set(flaw, added.value.id)
  }

  async #recordVex({ flaw, version, status }: Extract<Step, { do: 'vex' }>): Promise<void> {
    const statement = {
      source: 'csaf',
      document: `maker-${flaw}`,
      author: 'Maker',
      at: null,
      ids: [`CVE-2026-000${flaw}`],
      justification: null,
      detail: null,
      products: [{ identity: `purl:pkg:npm/${PACKAGES[flaw]}@${VERSIONS[version]}`, versions: null, parts: [] }],
    } as const
    const body = status === null ? null : [{ ...statement, status }]
    await this.#apply([{ kind: 'vex', source: 'csaf', id: `maker-${flaw}`, body }])
  }

  async #apply(said: Parameters<KnownMemory['apply']>[0]): Promise<void> {
    await this.#known.apply(said, EDITIONS, ++this.#version)
    await this.#desk.follow()
  }

  #assetComponents(inventory: string): readonly string[] {
    return [...this.#assets.values()].find(({ id }) => id === inventory)?.components ?? []
  }

  async #rule() {
    const organisation = this.#who.organisation as Id<'organisation'>
    return await inTransaction(
      this.#ground.store,
      { organisation },
      async (tx) => await loadRule(this.#ground, tx, organisation),
    )
  }
}

const asComponent = (purl: string) => ({ type: 'library', name: purl.slice(8, 9), version: purl.slice(10), purl })
const read = (purl: string) => component(purl, { name: purl.slice(8, 9), version: purl.slice(10) })
