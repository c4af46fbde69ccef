import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { reaches, type TierFacts } from '../core/sandbox/tier.ts'
import type { RunAsk } from '../core/validation/ask.ts'
import type { Proof } from '../core/validation/proof.ts'
import { normalLog } from '../core/validation/run/normal-log.ts'
import { runBox } from './drive/box-run.ts'
import type { DepotUse } from './drive/depot-use.ts'
import type { Effects } from './drive/drive.ts'
import { LogBook } from './drive/log-book.ts'
import type { Permits } from './drive/permits.ts'
import { Products } from './drive/products.ts'
import { Failure } from './failure.ts'
import type { SandboxClient } from './sandbox/sandbox-client.ts'
import { entryOf } from './sources/entry-name.ts'
import { SourceTrees } from './sources/source-trees.ts'
import type { SigningKey } from './statement/key.ts'

/** What a runner has for every job. */
export interface Ground {
  readonly client: SandboxClient
  readonly permits: Permits
  readonly key: SigningKey
  readonly depot: DepotUse
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

const FILL_LIMITS = { bytes: 2 ** 33, files: 1_000_000 }
/** Bytes of trees that are kept from job to job. */
const MOST_DEPOT = 20 * 2 ** 30

/** What one job is worked on with: the answers to its questions, and what they leave behind. */
export interface Hand {
  readonly tier: TierFacts
  readonly effects: Effects
  readonly trees: SourceTrees
  readonly book: LogBook
  readonly products: Products
  readonly log: string
}

/**
 * Makes ready for one job. Throws Failure where no sandbox here is strong enough. The log book is the caller's to end.
 */
export async function takeUp(work: Work, ground: Ground, signal: AbortSignal): Promise<Hand> {
  const { proof, input } = work
  const { floor } = proof.settings
  const tier = await strongEnough(ground.client, floor)
  await ground.depot.trim(MOST_DEPOT, async (entry) => void (await ground.client.ask({ do: 'drop', entry }, 'dropped')))
  const log = join(work.folder, `log-${randomUUID()}.txt`)
  const book = new LogBook(log, normalLog)
  const products = new Products()
  const images = new Map<string, Promise<string>>()
  // Several jobs may share the sandbox process: a box is named after its job too.
  const name = randomUUID()
  let boxes = 0
  const run = async (ask: RunAsk) => {
    const image = ask.image === null ? null : await once(images, ask.image, () => fillImage(ground.client, ask.image!, input))
    const terms = { floor, image, box: `${name}-${++boxes}` }
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
  const answer = await client.tiers()
  const found = answer.here.find(({ tier }) => reaches(tier, floor))
  if (found !== undefined) return found
  const lack = answer.lacking.find(({ tier }) => reaches(tier, floor)) ?? null
  if (answer.here.length > 0)
    throw new Failure('sandbox.below-floor', `No sandbox here is as strong as "${floor}". Nothing was run.`, {
      mend: lack?.mend ?? 'weir validate check says what is here; --floor names the weakest that will do.',
    })
  const why = lack ?? answer.lacking[0] ?? null
  throw new Failure(
    'sandbox.no-tier',
    `There is no sandbox on this machine${why === null ? '' : ` (${why.say})`}. Nothing was run.`,
    {
      mend: why?.mend ?? 'weir validate check',
    },
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
