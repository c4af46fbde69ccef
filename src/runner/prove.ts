import { join } from 'node:path'
import { reaches, type TierFacts } from '../core/sandbox/tier.ts'
import type { Asking, RunAsk } from '../core/validation/ask.ts'
import type { Outcome } from '../core/validation/outcome.ts'
import type { Proof } from '../core/validation/proof.ts'
import { normalLog } from '../core/validation/run/normal-log.ts'
import type { Envelope } from '../core/validation/statement.ts'
import { validate } from '../core/validation/validate.ts'
import { TOOLS } from './crash-reader.ts'
import { runBox } from './drive/box-run.ts'
import { drive, type Effects } from './drive/drive.ts'
import { LogBook } from './drive/log-book.ts'
import type { Permits } from './drive/permits.ts'
import { type Product, Products } from './drive/products.ts'
import { Failure } from './failure.ts'
import type { SandboxClient } from './sandbox/sandbox-client.ts'
import { entryOf } from './sources/entry-name.ts'
import { SourceTrees } from './sources/source-trees.ts'
import { assemble } from './statement/assemble.ts'
import type { SigningKey } from './statement/key.ts'
import { signStatement } from './statement/sign.ts'
import { readToolchain, toolchainRun } from './statement/toolchain.ts'

/** What a runner has for every job. */
export interface Ground {
  readonly client: SandboxClient
  readonly permits: Permits
  readonly key: SigningKey
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface Work {
  readonly proof: Proof
  readonly input: (digest: string) => Promise<Uint8Array>
  readonly mirrors: ReadonlyMap<string, string>
  /** A folder of this job's own, for the log. */
  readonly folder: string
  readonly tell: (say: string, done: number, total: number, seconds: number) => void
}

export interface Proved {
  readonly outcome: Outcome
  readonly envelope: Envelope
  readonly log: string
  readonly products: readonly Product[]
  /** Sandbox seconds used. */
  readonly seconds: number
}

const FILL_LIMITS = { bytes: 2 ** 33, files: 1_000_000 }
let boxes = 0

/**
 * Runs a whole proof and signs what came out. Rejects with Failure where there is no sandbox strong enough or the source cannot be
 * had, and with the signal's reason when stopped; every sandbox of it is closed then.
 */
export async function prove(work: Work, ground: Ground, signal: AbortSignal): Promise<Proved> {
  const startedAt = ground.now()
  const hand = await takeUp(work, ground, signal)
  const { effects, trees, book, products } = hand
  let ended = false
  try {
    const toolchain = readToolchain(await effects.run(toolchainRun(work.proof.recipe.image)))
    const outcome = await drive(validate(work.proof, TOOLS), effects, signal)
    const tree = await trees.tree(null)
    const seconds = book.seconds
    const { raw, normalised } = book.end()
    ended = true
    const statement = assemble(work.proof, outcome, {
      tier: outcome.tier ?? hand.tier,
      toolchain,
      sourceTree: tree?.digest ?? null,
      normalisedLog: normalised,
      rawLog: raw,
      startedAt,
      endedAt: ground.now(),
      runner: ground.key.id,
    })
    return { outcome, envelope: signStatement(statement, ground.key), log: hand.log, products: products.all, seconds }
  } finally {
    if (!ended) book.end()
  }
}

/** Asks something smaller of the same sandboxes: a build, a listing. */
export async function proveFirst<T>(work: Work, ground: Ground, asking: Asking<T>, signal: AbortSignal): Promise<T> {
  const { effects, book } = await takeUp(work, ground, signal)
  try {
    return await drive(asking, effects, signal)
  } finally {
    book.end()
  }
}

interface Hand {
  readonly tier: TierFacts
  readonly effects: Effects
  readonly trees: SourceTrees
  readonly book: LogBook
  readonly products: Products
  readonly log: string
}

async function takeUp(work: Work, ground: Ground, signal: AbortSignal): Promise<Hand> {
  const { proof, input } = work
  const { floor } = proof.settings
  const tier = await strongEnough(ground.client, floor)
  const log = join(work.folder, `log-${++boxes}.txt`)
  const book = new LogBook(log, normalLog)
  const products = new Products()
  const images = new Map<string, Promise<string>>()
  const run = async (ask: RunAsk) => {
    const image = ask.image === null ? null : await once(images, ask.image, () => fillImage(ground.client, ask.image!, input))
    const terms = { floor, image, box: `b${++boxes}` }
    return ground.permits.hold(() => runBox(ground.client, ask, terms, signal), signal)
  }
  const trees = new SourceTrees(proof.target, { client: ground.client, run, input, mirrors: work.mirrors })
  const effects: Effects = {
    run,
    has: async (entry) => (await ground.client.ask({ do: 'has', entry }, 'has')).answer.tree,
    input,
    source: (revision) => trees.tree(revision),
    history: () => trees.history(),
    product: async (name, bytes) => products.add(name, bytes),
    tell: (say, done, total) => work.tell(say, done, total, book.seconds),
    ran: (ask, ran) => book.add(ask, ran),
  }
  return { tier, effects, trees, book, products, log }
}

/** The strongest tier here; throws Failure where none is, or none as strong as the floor. */
async function strongEnough(client: SandboxClient, floor: Proof['settings']['floor']): Promise<TierFacts> {
  const { answer } = await client.ask({ do: 'tiers' }, 'tiers')
  const found = answer.here.find(({ tier }) => reaches(tier, floor))
  if (found !== undefined) return found
  const lack = answer.lacking.find(({ tier }) => reaches(tier, floor)) ?? answer.lacking[0]
  const below = answer.here.length > 0
  throw new Failure(
    below ? 'sandbox.below-floor' : 'sandbox.no-tier',
    below
      ? `No sandbox here is as strong as "${floor}". Nothing was run.`
      : `There is no sandbox on this machine${lack === undefined ? '' : ` (${lack.say})`}. Nothing was run.`,
    { mend: lack?.mend ?? 'weir validate check' },
  )
}

async function fillImage(client: SandboxClient, digest: string, input: Work['input']): Promise<string> {
  const entry = entryOf('image', digest)
  if ((await client.ask({ do: 'has', entry }, 'has')).answer.tree !== null) return entry
  const bytes = await input(digest)
  await client.ask({ do: 'fill', entry, limits: FILL_LIMITS, bytes: bytes.length }, 'filled', [bytes])
  return entry
}

function once<T>(held: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = held.get(key) ?? make()
  held.set(key, found)
  return found
}
