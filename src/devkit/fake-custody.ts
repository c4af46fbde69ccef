import { createHash } from 'node:crypto'
import type { CustodyAnswer, CustodyEntry, CustodyRefusal } from '../contract/custody.ts'
import { entryHash, firstHash } from '../core/docket/custody-log.ts'
import { judgeCall, layWindow } from '../core/docket/custody-window.ts'
import { type Custody, type CustodyAsk, CustodyGone } from '../server/app/docket/custody-port.ts'
import { sha256 } from '../server/ledger/secrets.ts'

interface Held {
  sealed: string | null
  window: { opens: number; ends: number; latest: number } | null
  latched: { at: number; why: 'end' | 'withdrawn' | 'closing' } | null
  baseline: string | null
  erased: boolean
  readonly entries: CustodyEntry[]
  readonly grants: Map<string, string>
}

/** A custodian in memory with the window's own rules, and an endpoint that answers as a test wishes. */
export interface FakeCustody extends Custody {
  /** What was asked, the newest last. */
  readonly asked: CustodyAsk[]
  /** What the endpoint answers to probes; null: it does not answer. */
  build: string | null
  /** The process does not answer. */
  gone: boolean
  /** Makes one call under the docket's newest grant; the refusal's code, or null where it passed. */
  call(docket: string, tokens?: number): string | null
  /** Begins anew, as after a crash of the process. */
  restart(): void
  readonly held: ReadonlyMap<string, Held>
}

const RECIPIENT = 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsgpfz9'

export function fakeCustody(clock: () => number): FakeCustody {
  const held = new Map<string, Held>()
  const onEntry = new Set<(docket: string, entry: CustodyEntry) => void>()
  const onReady = new Set<() => void>()
  const asked: CustodyAsk[] = []
  const fresh = (): Held => ({
    sealed: null,
    window: null,
    latched: null,
    baseline: null,
    erased: false,
    entries: [],
    grants: new Map(),
  })
  const note = (docket: string, what: CustodyEntry['what'], more: Partial<CustodyEntry> = {}) => {
    const { entries } = held.get(docket)!
    const bare = {
      entry: entries.length + 1,
      at: clock(),
      what,
      purpose: null,
      status: null,
      bytesOut: 0,
      bytesIn: 0,
      tokensIn: null,
      tokensOut: null,
      ms: null,
      note: null,
      ...more,
    }
    const before = entries.at(-1)?.hash ?? firstHash(docket, sha256)
    const entry = { ...bare, hash: entryHash(before, bare, sha256) }
    entries.push(entry)
    for (const listener of onEntry) listener(docket, entry)
  }
  const custody: FakeCustody = {
    asked,
    held,
    build: 'build one',
    gone: false,
    port: 1,
    isolation: 'process-only',
    onEntry(listener) {
      onEntry.add(listener)
      return () => onEntry.delete(listener)
    },
    onReady(listener) {
      onReady.add(listener)
      return () => onReady.delete(listener)
    },
    restart() {
      for (const listener of onReady) listener()
    },
    call(docket, tokens = 10) {
      const of = held.get(docket)
      if (custody.gone || of === undefined || of.grants.size === 0) return 'grant.unknown'
      const passing = judgeCall(of.window, of.latched, clock(), true)
      if (!passing.pass) {
        if (passing.latch) {
          of.latched = { at: clock(), why: 'end' }
          note(docket, 'latched', { note: 'end' })
        }
        note(docket, 'refused', { note: passing.code })
        return passing.code
      }
      note(docket, 'call', { purpose: [...of.grants.keys()].at(-1)!, status: 200, tokensIn: tokens, tokensOut: tokens })
      return null
    },
    async ask(request) {
      if (custody.gone) throw new CustodyGone('the custodian does not answer')
      asked.push(request)
      return answer(request)
    },
  }
  const refused = (code: CustodyRefusal): CustodyAnswer => ({ n: 0, did: 'refused', code, say: `Not done: ${code}.` })
  const status = (of: Held) => ({
    n: 0,
    registered: of.sealed !== null,
    erased: of.erased,
    latched: of.latched,
    window: of.window,
    now: clock(),
    entries: of.entries.length,
    calls: of.entries.filter(({ what }) => what === 'call').length,
    baseline: of.baseline,
  })
  function answer(request: CustodyAsk): CustodyAnswer {
    if (request.do === 'recipient') return { n: 0, did: 'recipient', recipient: RECIPIENT, isolation: 'process-only' }
    if (request.do === 'clock') return { n: 0, did: 'clock' }
    const known = held.get(request.docket)
    if (request.do === 'register') {
      if (!request.sealed.startsWith('sealed ')) return refused('custody.not-sealed-to-us')
      if (known?.latched) return refused('custody.shut')
      held.set(request.docket, { ...(known ?? fresh()), sealed: request.sealed, baseline: null })
      note(request.docket, 'registered')
      return { n: 0, did: 'registered' }
    }
    if (known === undefined) {
      if (request.do !== 'shut') return refused('custody.unknown-docket')
      held.set(request.docket, { ...fresh(), latched: { at: clock(), why: request.why } })
      return { did: 'shut', ...status(held.get(request.docket)!) }
    }
    switch (request.do) {
      case 'rotate':
        if (!request.sealed.startsWith('sealed ')) return refused('custody.not-sealed-to-us')
        known.sealed = request.sealed
        note(request.docket, 'rotated')
        return { n: 0, did: 'rotated' }
      case 'probe': {
        if (known.sealed === null) return refused('custody.not-registered')
        if (custody.build === null) {
          note(request.docket, 'endpoint-down')
          return refused('custody.endpoint-failed')
        }
        const fingerprint = createHash('sha256').update(custody.build).digest('hex')
        const changed = known.baseline !== null && known.baseline !== fingerprint
        const distance = known.baseline === null ? null : changed ? 1 : 0
        known.baseline ??= fingerprint
        note(request.docket, changed ? 'build-changed' : 'probe', { note: distance === null ? 'baseline' : String(distance) })
        return { n: 0, did: 'probed', fingerprint, distance, changed }
      }
      case 'window': {
        const { opens, ends, latest } = request
        const laid = layWindow(known.window, known.latched, { opens, ends, latest }, clock())
        if (!laid.ok) return refused(laid.code)
        known.window = laid.window
        note(request.docket, 'window')
        if (laid.over) known.latched = { at: clock(), why: 'end' }
        return { did: 'window', ...status(known) }
      }
      case 'shut':
        if (known.latched === null) {
          known.latched = { at: clock(), why: request.why }
          note(request.docket, 'latched', { note: request.why })
        }
        return { did: 'shut', ...status(known) }
      case 'grant':
        if (known.latched !== null) return refused('custody.shut')
        known.grants.set(request.purpose, `grant-${known.grants.size}`)
        return { n: 0, did: 'granted', grant: known.grants.get(request.purpose)! }
      case 'end-grant':
        known.grants.delete(request.purpose)
        return { n: 0, did: 'end-grant' }
      case 'erase':
        if (known.sealed === null) return refused('custody.not-registered')
        known.sealed = null
        known.erased = true
        note(request.docket, 'erased')
        return { n: 0, did: 'erased', stillTaken: false }
      case 'log':
        return { n: 0, did: 'log', entries: known.entries.filter(({ entry }) => entry > request.after).slice(0, 1000) }
      case 'status':
        return { did: 'status', ...status(known) }
    }
  }
  return custody
}
