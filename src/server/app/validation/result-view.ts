import type { PatchOut, ReproducerOut, ValidationResult } from '../../../contract/shapes/validation.ts'
import type { PatchVerdict } from '../../../core/validation/ladder.ts'
import type { Outcome } from '../../../core/validation/outcome.ts'
import type { ReproducerVerdict, Sighting } from '../../../core/validation/verdict.ts'
import type { PieceNaming } from './piece-naming.ts'
import type { StoredResult } from './stored-proof.ts'

const FRAMES = 12

/** What a validation came to, for its page. `diffs` holds the text of patches where it is text. */
export function resultView(
  { envelope, statement, key, products }: StoredResult,
  outcome: Outcome,
  naming: PieceNaming,
  diffs: ReadonlyMap<string, string | null>,
  runner: string,
): ValidationResult {
  return {
    builds: outcome.builds.map(({ of, built, say, wallMs, fromCache }) => ({
      of: naming.words(of),
      built,
      say: naming.words(say),
      seconds: Math.round(wallMs / 100) / 10,
      fromCache,
    })),
    reproducers: outcome.reproducers.map((one) => reproducerView(one, naming)),
    patches: outcome.patches.map((one) => patchView(one, naming, diffs.get(one.patch) ?? null)),
    matrix:
      outcome.matrix === null
        ? null
        : {
            cells: outcome.matrix.cells.map((cell) => ({ ...cell, say: naming.words(cell.say) })),
            relations: outcome.matrix.relations.map((one) => ({ ...one, say: naming.words(one.say) })),
          },
    minimised: outcome.minimised.map(({ reproducer, before, after, say, minimised }) => ({
      reproducer,
      before,
      after,
      say: naming.words(say),
      product:
        products.find(({ digest }) => minimised !== null && digest.endsWith(minimised.replace(/^sha256:/, '')))?.digest ?? null,
    })),
    ranges: outcome.ranges.map(({ reproducer, introduced, fixed, say }) => ({
      reproducer,
      introduced,
      fixed,
      say: naming.words(say),
    })),
    statement: envelope === null || statement === null || key === null ? null : { digest: `sha256:${statement}`, key, runner },
  }
}

export function reproducerView(one: ReproducerVerdict, naming: PieceNaming): ReproducerOut {
  const { seen } = one
  return {
    reproducer: one.reproducer,
    letter: naming.letter(one.reproducer),
    name: naming.name(one.reproducer),
    verdict: one.verdict,
    say: naming.words(one.say),
    fired: one.fired,
    of: one.of,
    runs: one.sightings.map((run) => runOf(run, seen)),
    type: seen?.type ?? null,
    signal: seen?.signal ?? null,
    stack: (seen?.stack ?? []).slice(0, FRAMES).map(({ symbol, path, line }) => ({ symbol, path, line })),
    alsoMet: one.alsoMet.map((state) => state.join(' < ')),
    cwe: one.cwe,
    controls: one.controls.map(({ control, name, outcome, say }) => ({ control, name, outcome, say: naming.words(say) })),
  }
}

function runOf(run: Sighting, seen: Sighting | null): ReproducerOut['runs'][number] {
  if (run.stopped !== null) return 'stopped'
  if (!run.fired) return 'silent'
  return seen === null || run.state.join('\n') === seen.state.join('\n') ? 'fired' : 'other'
}

export function patchView(one: PatchVerdict, naming: PieceNaming, diff: string | null): PatchOut {
  return {
    patch: one.patch,
    letter: naming.letter(one.patch),
    name: naming.name(one.patch),
    standing: one.standing,
    say: naming.words(one.say),
    rungs: one.rungs.map(({ rung, outcome, say, notes }) => ({
      rung,
      outcome,
      say: naming.words(say),
      notes: notes.map(naming.words),
    })),
    diff,
  }
}
