import { sign } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Checkpoint, signCheckpoint } from '../../ledger/checkpoint.ts'
import { leafHash } from '../../ledger/hash.ts'
import { decideHead, decideSigning, evolveSigning, type Head, maySign, type Signing } from '../../ledger/head.ts'
import { formatKey, noteKey } from '../../ledger/key.ts'
import { EMPTY_LOG, type LogState, logRoot, readState } from '../../ledger/log-state.ts'
import { CHECKPOINT_PATH, TILE_WIDTH, tilePath } from '../../ledger/tile.ts'
import { append, EMPTY, frontierRoot } from '../../ledger/tree.ts'
import { writeEntries } from '../../ledger/writer.ts'
import type { Ground } from '../ground.ts'
import { sameHead } from '../store/keys/head-file.ts'
import { sealNext, startClock, turnClock } from './close-interval.ts'
import { sha256 } from './secrets.ts'

const READ_AT_ONCE = 4096

export interface LogStatus {
  readonly origin: string
  readonly key: string
  readonly size: number
  readonly root: Uint8Array
  readonly signedAt: number | null
  readonly stopped: string | null
}

/** The one writer of the public log. It signs only what continues the head that is kept outside database and backups. */
export class Log {
  readonly #ground: Ground
  readonly #folder: string
  #signing: Signing
  #state: LogState = EMPTY_LOG
  #signedAt: number | null = null

  private constructor(ground: Ground, folder: string) {
    this.#ground = ground
    this.#folder = folder
    this.#signing = { state: 'signing', origin: ground.keys.signingKey().origin, retired: [] }
  }

  /** Brings files and head in line with the records, or halts the log where they tell another history. */
  static async start(ground: Ground, folder: string): Promise<Log> {
    const log = new Log(ground, folder)
    await mkdir(folder, { recursive: true })
    await startClock(ground.store, ground.clock())
    await log.#reconcile()
    return log
  }

  get status(): LogStatus {
    const { origin } = this.#signing
    const key = formatKey(noteKey(origin, this.#ground.keys.signingKey().publicKey, sha256))
    const stopped = this.#signing.state === 'halted' ? this.#signing.why : null
    return { origin, key, size: this.#state.size, root: logRoot(this.#state, sha256), signedAt: this.#signedAt, stopped }
  }

  /** Ends the interval, gives every ended one its leaf, and publishes. A halted log seals on, and signs nothing. */
  async turn(): Promise<void> {
    // What ended before is sealed first: afterwards nobody could say when it did.
    while (await sealNext(this.#ground.store, this.#ground.keys, this.#ground.clock())) {}
    await turnClock(this.#ground.store, this.#ground.clock())
    while (await sealNext(this.#ground.store, this.#ground.keys, this.#ground.clock())) {}
    await this.#publish()
  }

  /** A person goes on from what the records hold, as a new log under a new origin. */
  async acceptFork(by: string, origin: string): Promise<{ ok: true } | { ok: false; say: string }> {
    const decision = decideSigning({ type: 'accept-fork', by, origin }, this.#signing)
    if (!decision.ok) return { ok: false, say: decision.say }
    // A new key under a new origin: what the old one signed stays true of the old log, and is never continued.
    this.#ground.keys.renewSigningKey(origin)
    for (const event of decision.events) this.#signing = evolveSigning(this.#signing, event)
    this.#state = EMPTY_LOG
    await this.#publish()
    return { ok: true }
  }

  async #reconcile(): Promise<void> {
    const stored = this.#ground.keys.head.read()
    const { size, rootAtStored, root } = await this.#walkRecords(stored?.size ?? 0)
    const decision = decideHead(stored, { origin: this.#signing.origin, size, root }, rootAtStored)
    const observed = decideSigning({ type: 'observe', head: decision }, this.#signing)
    if (observed.ok) for (const event of observed.events) this.#signing = evolveSigning(this.#signing, event)
    if (stored !== null && maySign(this.#signing)) this.#state = await this.#stateOnDisk(stored)
    await this.#publish()
  }

  /** The state that the files of the last head hold; empty, so that all are written anew, where they do not give its root. */
  async #stateOnDisk(head: Head): Promise<LogState> {
    const reading = readState(head.size)
    let step = reading.next()
    while (!step.done) step = reading.next(await this.read(step.value))
    if (step.value === null || !Buffer.from(logRoot(step.value, sha256)).equals(head.root)) return EMPTY_LOG
    return this.#fullTilesThere(head.size) ? step.value : EMPTY_LOG
  }

  /** Whether no finished tile or bundle is missing; what is in them their readers verify. */
  #fullTilesThere(size: number): boolean {
    const there = (level: number | 'entries', count: number) => {
      for (let index = 0; index < count; index++) {
        if (!existsSync(join(this.#folder, tilePath({ level, index, width: TILE_WIDTH })))) return false
      }
      return true
    }
    if (!there('entries', Math.floor(size / TILE_WIDTH))) return false
    for (let level = 0, count = size; count >= TILE_WIDTH; level++) {
      count = Math.floor(count / TILE_WIDTH)
      if (!there(level, count)) return false
    }
    return true
  }

  async #walkRecords(storedSize: number): Promise<{ size: number; root: Uint8Array; rootAtStored: Uint8Array | null }> {
    let frontier = EMPTY
    let rootAtStored: Uint8Array | null = storedSize === 0 ? frontierRoot(EMPTY, sha256) : null
    for await (const leaf of this.#leaves(0)) {
      frontier = append(frontier, leafHash(leaf, sha256), sha256)
      if (frontier.size === storedSize) rootAtStored = frontierRoot(frontier, sha256)
    }
    return { size: frontier.size, root: frontierRoot(frontier, sha256), rootAtStored }
  }

  async *#leaves(from: number): AsyncGenerator<Buffer> {
    for (let next = from; ; ) {
      const rows = await this.#ground.store.db
        .selectFrom('ledger_leaf')
        .select(['index', 'leaf'])
        .where('index', '>=', next)
        .orderBy('index')
        .limit(READ_AT_ONCE)
        .execute()
      for (const row of rows) {
        if (row.index !== next) throw new Error(`leaf ${next} of the ledger is missing`)
        next++
        yield row.leaf
      }
      if (rows.length < READ_AT_ONCE) return
    }
  }

  /** Writes tiles, moves the outside head, signs: in this order, so that what was signed can always be served. */
  async #publish(): Promise<void> {
    if (!maySign(this.#signing)) return
    const { keys } = this.#ground
    const fresh: Buffer[] = []
    for await (const leaf of this.#leaves(this.#state.size)) fresh.push(leaf)
    const written = writeEntries(this.#state, fresh, sha256)
    for (const file of written.files) await this.#write(file.path, file.bytes)
    const before = keys.head.read()
    const next: Head = { origin: this.#signing.origin, size: written.next.size, root: written.root }
    if (!sameHead(before, next) && !(await keys.head.swap(before, next))) {
      this.#signing = evolveSigning(this.#signing, { type: 'signing-halted', why: 'ledger.head-differs' })
      return
    }
    this.#state = written.next
    await this.#write(CHECKPOINT_PATH, Buffer.from(this.#sign(next)))
    this.#signedAt = this.#ground.clock()
  }

  #sign(checkpoint: Checkpoint): string {
    const { privateKey, publicKey } = this.#ground.keys.signingKey()
    const key = noteKey(checkpoint.origin, publicKey, sha256)
    return signCheckpoint(checkpoint, [{ key, sign: (message: Uint8Array) => sign(null, message, privateKey) }])
  }

  /** Durable before it returns: written beside, flushed, renamed. */
  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.#folder, path)
    await mkdir(dirname(target), { recursive: true })
    const file = await open(`${target}.new`, 'w', 0o644)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${target}.new`, target)
  }

  /** A static file of the log by its path; null when there is none. The path was parsed before. */
  async read(path: string): Promise<Buffer | null> {
    return await readFile(join(this.#folder, path)).catch(() => null)
  }
}
