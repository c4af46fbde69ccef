import type { CustodyAnswer, CustodyRefusal, CustodyRequest, Endpoint } from '../contract/custody.ts'
import type { Keeper } from './door/call.ts'
import { placeOf } from './endpoint/place.ts'
import { eraseDocket } from './erase-docket.ts'
import type { Ground } from './keep/ground.ts'
import { Identities } from './keep/identities.ts'
import { KeptDocket } from './keep/kept-docket.ts'
import { type DocketMark, loadMarks, saveMarks } from './keep/marks.ts'
import { isDocket } from './keep/parse.ts'
import { probeDocket } from './probe/probe-docket.ts'

const MOST_ENTRIES = 1000
const MOST_GRANTS = 256
const PROBE_EVERY_MS = 3_600_000

type Answer = CustodyAnswer
/** Requests that name a docket. */
type About = Extract<CustodyRequest, { docket: string }>

const SAY: Record<CustodyRefusal, string> = {
  'custody.unknown-docket': 'That is no docket’s id.',
  'custody.not-registered': 'No key is in custody for this docket.',
  'custody.not-sealed-to-us':
    'The sealed key cannot be opened here, or holds no key. Ask for the recipient again and seal it anew.',
  'custody.bad-endpoint': 'The endpoint needs an https address on the public network, without query, and a known API.',
  'custody.bad-window': 'The window cannot be laid so.',
  'custody.shut': 'The window of this docket is shut for ever.',
  'custody.endpoint-failed': 'The endpoint did not answer the probe.',
  'custody.bad-request': 'The request cannot be read.',
}

/** All dockets in custody, and the answers to what the server asks. */
export class Custodian implements Keeper {
  readonly identities: Identities
  readonly privateEndpoints: boolean
  readonly #ground: Ground
  readonly #isolation: 'own-user' | 'process-only'
  readonly #dockets = new Map<string, KeptDocket>()
  readonly #probed = new Map<string, number>()
  readonly #stop = new AbortController()

  constructor(ground: Ground, isolation: 'own-user' | 'process-only', privateEndpoints: boolean) {
    this.#ground = ground
    this.#isolation = isolation
    this.privateEndpoints = privateEndpoints
    const bound = (identity: string) => [...this.#dockets.values()].some((docket) => docket.key?.identity === identity)
    this.identities = new Identities(ground.disk, ground.random, bound)
    const marks = loadMarks(ground.disk)
    const found = ground.disk.names().flatMap((name) => /^(dkt_[0-9a-z]{24})\.(?:json|log)$/.exec(name)?.[1] ?? [])
    for (const docket of new Set(found.filter(isDocket))) {
      const kept = new KeptDocket(ground, docket, marks)
      this.#dockets.set(docket, kept)
      if (kept.log.damage !== null) kept.log.tellDamage()
    }
    // At once: should this process be killed too, its clock goes on from here, not from what an earlier run of the machine left.
    this.saveMarks()
  }

  find(docket: string): KeptDocket | null {
    return this.#dockets.get(docket) ?? null
  }

  async openKey(docket: KeptDocket): Promise<string | null> {
    const sealed = docket.key === null ? null : this.#ground.disk.read(docket.key.file)
    return sealed === null || docket.key === null ? null : await this.identities.open(sealed, docket.key.identity)
  }

  /** Answers one request; what was changed is durable by then. */
  async answer(request: CustodyRequest): Promise<Answer> {
    const { n } = request
    if (request.do === 'recipient')
      return { n, did: 'recipient', recipient: await this.identities.offer(), isolation: this.#isolation }
    if (request.do === 'clock') {
      this.#ground.told.tell(request.database, this.#ground.clocks.read())
      this.sweep()
      this.saveMarks()
      return { n, did: 'clock' }
    }
    if (!isDocket(request.docket)) return no(n, 'custody.unknown-docket')
    if (request.do === 'register') return await this.#register(request)
    const docket = this.find(request.docket)
    if (docket === null) return this.#withoutKey(request)
    return await this.#about(request, docket)
  }

  async #about(request: Exclude<About, { do: 'register' }>, docket: KeptDocket): Promise<Answer> {
    const { n } = request
    switch (request.do) {
      case 'status':
        return { n, did: 'status', ...docket.status() }
      case 'log':
        docket.log.flush()
        return { n, did: 'log', entries: docket.log.file.page(request.after, MOST_ENTRIES) }
      case 'shut':
        docket.shut(request.why)
        return { n, did: 'shut', ...docket.status() }
      case 'erase':
        return { n, did: 'erased', stillTaken: await eraseDocket(this, docket, this.#ground, this.#stop.signal) }
      case 'end-grant':
        docket.endGrant(request.purpose)
        return { n, did: 'end-grant' }
      default:
        break
    }
    docket.judge()
    if (docket.latch !== null) return no(n, 'custody.shut')
    if (docket.key === null) return no(n, 'custody.not-registered')
    if (docket.log.damage !== null) return no(n, 'custody.shut', `${docket.log.damage} Its calls are refused.`)
    switch (request.do) {
      case 'window': {
        const laid = docket.lay({ opens: request.opens, ends: request.ends, latest: request.latest })
        this.saveMarks()
        return laid.ok ? { n, did: 'window', ...docket.status() } : no(n, laid.code, laid.say)
      }
      case 'grant':
        if (docket.grants >= MOST_GRANTS) return no(n, 'custody.bad-request', 'There are too many grants: end some.')
        return { n, did: 'granted', grant: docket.grant(request.purpose) }
      case 'rotate': {
        const endpoint = docket.endpoint
        return endpoint === null
          ? no(n, 'custody.not-registered')
          : await this.#take(request.docket, endpoint, request.sealed, n, 'rotated')
      }
      case 'probe':
        return await this.#probe(docket, n)
    }
  }

  async #register(request: Extract<About, { do: 'register' }>): Promise<Answer> {
    const { n, docket, endpoint, sealed } = request
    if (this.#ground.shut.latch(docket) !== null || this.#ground.shut.isErased(docket)) return no(n, 'custody.shut')
    if (placeOf(endpoint, this.privateEndpoints) === null) return no(n, 'custody.bad-endpoint')
    return await this.#take(docket, endpoint, sealed, n, 'registered')
  }

  /** Tries a sealed key, keeps it as it came, and lets it count. */
  async #take(name: string, endpoint: Endpoint, sealed: string, n: number, what: 'registered' | 'rotated'): Promise<Answer> {
    const bytes = Buffer.from(sealed, 'base64')
    const found = await this.identities.find(bytes)
    // Looked at only now: opening took its time, and another request may have come before.
    const docket = this.find(name) ?? new KeptDocket(this.#ground, name, new Map())
    if (docket.latch !== null || (what === 'registered' && docket.isOpened)) return no(n, 'custody.shut')
    if (docket.log.damage !== null) return no(n, 'custody.shut', docket.log.damage)
    if (found === null) return no(n, 'custody.not-sealed-to-us')
    const old = docket.key
    const file = `${name}.key-${Buffer.from(this.#ground.random(6)).toString('hex')}.age`
    this.#ground.disk.replace(file, bytes)
    docket.register(endpoint, { file, identity: found.identity }, what)
    this.#dockets.set(name, docket)
    if (old !== null) this.dropIdentity(old.identity)
    return { n, did: what }
  }

  /** Destroys an identity that no docket's key is sealed to any more. */
  dropIdentity(identity: string): void {
    for (const docket of this.#dockets.values()) if (docket.key?.identity === identity) return
    this.identities.destroy(identity)
  }

  async #probe(docket: KeptDocket, n: number): Promise<Answer> {
    this.#probed.set(docket.docket, this.#ground.clocks.read().mono)
    const result = await probeDocket(this, docket, this.#ground.random, this.#stop.signal)
    return typeof result === 'string' ? no(n, 'custody.endpoint-failed', result) : { n, did: 'probed', ...result }
  }

  /** Sees ends without being asked, several times a second, and probes every hour while a window is open. */
  sweep(): void {
    const { mono } = this.#ground.clocks.read()
    for (const docket of this.#dockets.values()) {
      docket.sweep()
      if (docket.judge() !== null) continue
      const last = this.#probed.get(docket.docket)
      if (last === undefined) this.#probed.set(docket.docket, mono)
      else if (mono - last >= PROBE_EVERY_MS) void this.#probe(docket, 0)
    }
  }

  /** Keeps on disk how far the clocks of open windows have come. */
  saveMarks(): void {
    const marks = new Map<string, DocketMark>()
    for (const docket of this.#dockets.values())
      if (docket.counts) marks.set(docket.docket, { at: docket.now(), entries: docket.log.file.kept.entries })
    const { mono } = this.#ground.clocks.read()
    if (marks.size > 0) saveMarks(this.#ground.disk, this.#ground.clocks.boot, mono, marks)
  }

  /** Ends in order: what gathered reaches the disk. */
  close(): void {
    this.#stop.abort()
    for (const docket of this.#dockets.values()) docket.log.flush()
    this.saveMarks()
  }

  /** A docket that no key was ever given for: it can be looked at, and shut before one is. */
  #withoutKey(request: About): Answer {
    const { n, docket } = request
    const now = this.#ground.clocks.read().host
    if (request.do === 'shut') this.#ground.shut.addLatch(docket, { at: now, why: request.why })
    else if (request.do !== 'status') return no(n, 'custody.not-registered')
    const none = { registered: false, erased: false, window: null, entries: 0, calls: 0, baseline: null }
    return { n, did: request.do, ...none, latched: this.#ground.shut.latch(docket), now }
  }
}

/** A refusal with its usual words, or better ones. */
export function no(n: number, code: CustodyRefusal, say: string = SAY[code]): Answer {
  return { n, did: 'refused', code, say }
}
