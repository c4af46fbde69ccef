import type { Asking } from '../core/validation/ask.ts'
import type { Outcome } from '../core/validation/outcome.ts'
import type { Envelope } from '../core/validation/statement.ts'
import { validate } from '../core/validation/validate.ts'
import { TOOLS } from './crash-reader.ts'
import { drive } from './drive/drive.ts'
import type { Product } from './drive/products.ts'
import { assemble } from './statement/assemble.ts'
import { signStatement } from './statement/sign.ts'
import { readToolchain, toolchainRun } from './statement/toolchain.ts'
import { type Ground, takeUp, type Work } from './take-up.ts'

export interface Proved {
  readonly outcome: Outcome
  readonly envelope: Envelope
  readonly log: string
  readonly products: readonly Product[]
  /** Sandbox seconds used. */
  readonly seconds: number
}

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
