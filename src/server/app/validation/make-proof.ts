import { type Input, PROOF_VERSION, type Proof, SETTINGS, type Task } from '../../../core/validation/proof.ts'
import type { Harness, Recipe } from '../../../core/validation/recipe.ts'
import type { Piece } from './gather-evidence.ts'
import type { Place, StoredProof, TargetAbout } from './stored-proof.ts'

export interface ProofTarget {
  readonly kind: 'archive' | 'git-bundle' | 'mirror'
  readonly about: TargetAbout
  readonly recipe: Recipe
  readonly bytes: number
  readonly slot: number
  readonly blob: string | null
  /** Where the image of the recipe lies; null where it has none. */
  readonly image: Place | null
}

export interface AskedFor {
  readonly tasks: readonly Task[]
  readonly settings: Partial<Proof['settings']>
  /** The findings of the flaw itself; others came along as candidates for the same flaw. */
  readonly own: ReadonlySet<string>
}

export type MadeProof = { readonly ok: true; readonly stored: StoredProof } | { readonly ok: false; readonly say: string }

const MOST = { reproducer: 40, patch: 40, benign: 20 } as const
/** How long a server may think about one request, where its sender did not say. */
const EXCHANGE_MS = 2000

/** A proof of everything these pieces claim about that target. Nothing is looked up: equal pieces give an equal proof. */
export function makeProof(target: ProofTarget, pieces: readonly Piece[], asked: AskedFor): MadeProof {
  const { recipe } = target
  const of = (kind: Piece['kind']) => pieces.filter((piece) => piece.kind === kind).slice(0, MOST[kind])
  const places: Record<string, Place> = {}
  const runnable = of('reproducer').flatMap((piece) => {
    const harness = harnessOf(recipe, piece)
    return harness === null ? [] : [{ piece, harness }]
  })
  if (runnable.length === 0) return { ok: false, say: nothingToRun(of('reproducer'), recipe) }
  const reproducers = runnable.map(({ piece, harness }) => ({
    id: piece.id,
    harness: harness.name,
    input: inputOf(piece, harness, places),
    files: [],
    oracle: piece.fires ?? { kind: 'crash' as const },
    claim: piece.claim,
  }))
  const patches = of('patch').map((piece) => ({
    id: piece.id,
    input: place(piece, places),
    fixes: fixes(
      piece,
      runnable.map((one) => one.piece),
      asked.own,
    ),
  }))
  const benign = of('benign').flatMap((piece) => {
    const harness = harnessOf(recipe, piece)
    return harness === null ? [] : [{ harness: harness.name, input: inputOf(piece, harness, places) }]
  })
  const proof: Proof = {
    version: PROOF_VERSION,
    target: { name: target.about.name, source: sourceOf(target, places), introducedAfter: target.about.introducedAfter },
    recipe,
    reproducers,
    benign,
    patches,
    tasks: asked.tasks,
    settings: { ...SETTINGS, ...asked.settings },
  }
  return {
    ok: true,
    stored: { proof, places, pieces: pieces.map(({ id, finding, kind, name }) => ({ id, finding, kind, name })) },
  }
}

/** The harness a piece names; else the only one. With several and none named nobody guesses. */
function harnessOf(recipe: Recipe, piece: Piece): Harness | null {
  if (piece.harness !== null) return recipe.harnesses.find(({ name }) => name === piece.harness) ?? null
  return recipe.harnesses.length === 1 ? recipe.harnesses[0]! : null
}

function nothingToRun(reproducers: readonly Piece[], recipe: Recipe): string {
  if (reproducers.length === 0) return 'There is no reproducer: add one to a finding first.'
  const names = recipe.harnesses.map(({ name }) => name).join(', ')
  return `No reproducer names a harness of this target (${names || 'it has none'}): add one again with its harness.`
}

function inputOf(piece: Piece, harness: Harness, places: Record<string, Place>): Proof['reproducers'][number]['input'] {
  if (harness.kind !== 'server') return { kind: 'file', input: place(piece, places) }
  const { place: whole, requests } = piece
  if (requests === null || whole.in !== 'blob')
    return { kind: 'exchange', requests: [place(piece, places)], waitMs: EXCHANGE_MS }
  let from = 0
  const inputs = requests.map(({ digest, bytes }, n): Input => {
    places[digest] = { ...whole, from, bytes }
    from += bytes
    return { digest, name: `${piece.name} ${n + 1}`, bytes }
  })
  return { kind: 'exchange', requests: inputs, waitMs: EXCHANGE_MS }
}

function place(piece: Piece, places: Record<string, Place>): Input {
  places[piece.digest] = piece.place
  return { digest: piece.digest, name: piece.name, bytes: piece.bytes }
}

/** A patch is for the reproducers of its own finding; where that has none, for those of its flaw. */
function fixes(patch: Piece, reproducers: readonly Piece[], own: ReadonlySet<string>): string[] {
  const same = reproducers.filter(({ finding }) => finding === patch.finding)
  const flaw = reproducers.filter(({ finding }) => own.has(finding) === own.has(patch.finding))
  return (same.length > 0 ? same : flaw).map(({ id }) => id)
}

function sourceOf(target: ProofTarget, places: Record<string, Place>): Proof['target']['source'] {
  const { kind, about, blob, bytes, slot } = target
  if (target.recipe.image !== null && target.image !== null) places[target.recipe.image] = target.image
  if (kind === 'mirror') return { kind, mirror: about.name, revision: about.revision ?? 'HEAD' }
  const digest = about.digest ?? ''
  places[digest] = { in: 'blob', slot, blob: blob ?? '', from: 0, bytes }
  const input = { digest, name: about.name, bytes }
  return kind === 'archive' ? { kind, input } : { kind, input, revision: about.revision ?? 'HEAD' }
}
