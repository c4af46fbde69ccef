import { rm } from 'node:fs/promises'
import type { OpenSpec, SandboxAnswer, SandboxRequest } from '../core/sandbox/contract.ts'
import { reaches, type TierLack } from '../core/sandbox/tier.ts'
import { Box } from './box.ts'
import { getFrom, keepFrom, putInto } from './carry.ts'
import { fillFrom } from './depot/fill.ts'
import type { DepotFolders } from './depot/folders.ts'
import type { TreeStore } from './depot/store.ts'
import { Refused } from './refused.ts'
import { runOnce } from './run-once.ts'
import { StreamFolders } from './stream-folders.ts'
import type { TierImplementation } from './tiers/implementation.ts'
import { tryTiers } from './try-tiers.ts'
import type { Payload } from './wire/outlet.ts'

/** An answer, what follows it, and the files to remove when it was passed on. */
export interface Reply {
  readonly answer: SandboxAnswer
  readonly payloads?: readonly Payload[]
  readonly passing?: readonly string[]
}

export interface DeskParts {
  readonly folders: DepotFolders
  readonly store: TreeStore
  /** In the order of preference: a sandbox is of the first that reaches its floor. */
  readonly tiers: readonly TierImplementation[]
  readonly lacking: readonly TierLack[]
}

interface OpenBox {
  readonly box: Box
  readonly trees: readonly string[]
}

/** Answers requests: keeps the open sandboxes by name, and the depot. */
export class Desk {
  readonly #parts: DeskParts
  readonly #boxes = new Map<string, OpenBox | 'opening'>()
  readonly #streams: StreamFolders
  readonly #opening = new Set<Promise<OpenBox>>()
  #closed = false

  constructor(parts: DeskParts) {
    this.#parts = parts
    this.#streams = new StreamFolders(parts.folders.boxes)
    if (parts.tiers.length > 0) this.#streams.prepare()
  }

  /** Answers one request whose bytes, if any, are in `file`. Throws refusals. */
  async answer(request: SandboxRequest, file: string | null): Promise<Reply> {
    const { n } = request
    const { store } = this.#parts
    switch (request.do) {
      case 'tiers':
        return {
          answer: {
            n,
            did: 'tiers',
            ...(await tryTiers(this.#parts, async (spec, tier) => {
              const opened = await this.#boxFor(spec, tier)
              return { box: opened.box, end: () => this.#end(opened) }
            })),
          },
        }
      case 'open': {
        const box = await this.open(request.box, request.spec)
        return { answer: { n, did: 'opened', tier: box.tier, openMs: box.openMs } }
      }
      case 'put':
        if (file !== null) await putInto(this.#box(request.box), request.at, file)
        return { answer: { n, did: 'put' } }
      case 'exec': {
        const { result, stdout, stderr } = await this.#box(request.box).exec(request.spec, { stdin: file })
        return { answer: { n, did: 'executed', bytes: stdout.length + stderr.length, ...result }, payloads: [stdout, stderr] }
      }
      case 'get': {
        const got = await getFrom(this.#box(request.box), store, [request.path], true)
        const answer = { n, did: 'got', bytes: got.bytes, leftOut: got.leftOut } as const
        return { answer, payloads: [{ file: got.file }], passing: [got.file] }
      }
      case 'keep':
        return { answer: { n, did: 'kept', ...(await keepFrom(this.#box(request.box), store, request.path, request.entry)) } }
      case 'close':
        this.#box(request.box)
        await this.close(request.box)
        return { answer: { n, did: 'closed' } }
      case 'run':
        return runOnce(this, store, request, file)
      case 'has':
        return { answer: { n, did: 'has', tree: store.has(request.entry) } }
      case 'fill': {
        if (file === null) throw new Refused('sandbox.bad-archive', 'the archive is empty')
        const rules = { ...request.limits, links: true, root: '/' }
        const facts = await store.make(request.entry, rules, (draft) => fillFrom(file, draft, request.limits))
        return { answer: { n, did: 'filled', ...facts } }
      }
      case 'drop':
        await store.drop(request.entry)
        return { answer: { n, did: 'dropped' } }
    }
  }

  /** Opens a sandbox by name. */
  async open(name: string, spec: OpenSpec): Promise<Box> {
    if (this.#boxes.has(name)) throw new Refused('sandbox.bad-request', `a sandbox ${name} is open`)
    this.#boxes.set(name, 'opening')
    const opening = this.#boxFor(spec)
    this.#opening.add(opening)
    try {
      const opened = await opening
      if (this.#closed) {
        await this.#end(opened)
        throw new Refused('sandbox.not-open', 'everything is being closed')
      }
      this.#boxes.set(name, opened)
      return opened.box
    } catch (error) {
      this.#boxes.delete(name)
      throw error
    } finally {
      this.#opening.delete(opening)
    }
  }

  /** Closes one by name, if it is open. */
  async close(name: string): Promise<void> {
    const open = this.#boxes.get(name)
    if (open === undefined || open === 'opening') return
    await this.#end(open)
    this.#boxes.delete(name)
  }

  async closeAll(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#opening)
    await Promise.all([...this.#boxes.keys()].map((name) => this.close(name)))
  }

  #box(name: string): Box {
    const open = this.#boxes.get(name)
    if (open === undefined || open === 'opening') throw new Refused('sandbox.not-open', `no sandbox ${name} is open`)
    return open.box
  }

  async #end({ box, trees }: OpenBox): Promise<void> {
    await box.close()
    for (const name of trees) this.#parts.store.release(name)
  }

  async #boxFor(spec: OpenSpec, only?: TierImplementation): Promise<OpenBox> {
    const { store } = this.#parts
    const tier = only ?? this.#tierFor(spec)
    if (spec.network !== 'none' && spec.network !== 'own-loopback')
      throw new Refused('sandbox.no-such-network', 'no tier offers a network of several hosts yet')
    const trees: string[] = []
    const use = (name: string) => {
      const folder = store.use(name)
      trees.push(name)
      return folder
    }
    try {
      const image = spec.image === null ? null : { name: spec.image, folder: use(spec.image) }
      const mounts = spec.mounts.map(({ entry, at }) => ({ source: use(entry), at }))
      const io = await this.#streams.take()
      const loopback = spec.network === 'own-loopback'
      const box = await Box.open(tier, { limits: spec.limits, loopback, image, mounts, io })
      this.#streams.prepare()
      return { box, trees }
    } catch (error) {
      for (const name of trees) store.release(name)
      throw error
    }
  }

  #tierFor(spec: OpenSpec): TierImplementation {
    const { tiers, lacking } = this.#parts
    const tier = tiers.find(({ facts }) => reaches(facts.tier, spec.floor))
    if (tier !== undefined) return tier
    const lack = lacking.find((one) => reaches(one.tier, spec.floor)) ?? lacking[0]
    const first = tiers[0]
    if (first === undefined)
      throw new Refused('sandbox.no-tier', lack?.say ?? 'no wall is available on this machine', lack?.mend)
    const say = `the strongest wall here is ${first.facts.tier}, and ${spec.floor} is asked for`
    throw new Refused('sandbox.below-floor', lack === undefined ? say : `${say}: ${lack.say}`, lack?.mend ?? null)
  }

  /** Removes files that were passed on. */
  static async forget(paths: readonly string[]): Promise<void> {
    for (const path of paths) await rm(path, { force: true })
  }
}
