import type { z } from 'zod'
import type { FlawPage, MergeCommand, SplitCommand, UndoCommand } from '../../../contract/shapes/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Id, newId } from '../../../core/kernel/id.ts'
import { type Answer, denied, done } from '../answer.ts'
import { commandFlaws, type FlawDesk } from './command-flaws.ts'
import { loadFlaws } from './load-flaws.ts'
import { newestDeed } from './newest-deed.ts'
import { readFlaw } from './read-flaw.ts'

type FlawId = Id<'flaw'>
type Page = Promise<Answer<Presented<FlawPage>>>

/** A person puts one flaw into another. Every finding, finder and date goes along; nothing is lost, and it can be undone. */
export async function mergeFlaws(
  desk: FlawDesk,
  who: Principal,
  { into, from, version, why }: z.infer<typeof MergeCommand>,
): Page {
  const merged = await commandFlaws(desk, who, {
    seen: { flaw: into, version },
    flaws: async () => [into, from],
    command: (_, deciding) => done({ ...deciding, type: 'merge-flaws', into: into as FlawId, from: from as FlawId, why }),
  })
  return merged.ok ? await readFlaw(desk, who, into) : merged
}

/** A person takes findings out into a flaw of their own; from then on the two are kept apart until somebody undoes it. */
export async function splitFlaw(
  desk: FlawDesk,
  who: Principal,
  id: string,
  { findings, version, why }: z.infer<typeof SplitCommand>,
): Page {
  const split = await commandFlaws(desk, who, {
    seen: { flaw: id, version },
    flaws: async () => [id],
    command: (_, deciding) =>
      done({
        ...deciding,
        type: 'split-flaw',
        flaw: id as FlawId,
        findings: findings as Id<'finding'>[],
        fresh: newId('flaw', desk.random),
        title: '-',
        why,
      }),
  })
  return split.ok ? await readFlaw(desk, who, id) : split
}

/** Takes the newest merge, split or "keep apart" of a flaw back. Findings that came meanwhile stay where they are. */
export async function undoFlaw(desk: FlawDesk, who: Principal, id: string, { version }: z.infer<typeof UndoCommand>): Page {
  const undone = await commandFlaws(desk, who, {
    seen: { flaw: id, version },
    flaws: async (tx) => {
      const loaded = (await loadFlaws(desk, tx, who, [id])).get(id as FlawId)
      const deed = loaded === undefined ? null : newestDeed(loaded.deeds)
      return [id, ...(deed === null ? [] : [deed.other])]
    },
    command: (loaded, deciding) => {
      const flaw = loaded.get(id as FlawId)!
      const deed = newestDeed(flaw.deeds)
      if (deed === null) return denied('flaw.nothing-to-undo')
      const why = 'Undone'
      switch (deed.kind) {
        case 'merge':
          return done({ ...deciding, type: 'undo-merge', into: flaw.flaw.id, from: deed.other, why })
        case 'split':
          return done({ ...deciding, type: 'undo-split', flaw: flaw.flaw.id, to: deed.other, why })
        case 'apart':
          return done({ ...deciding, type: 'undo-apart', flaw: flaw.flaw.id, other: deed.other, why })
      }
    },
  })
  return undone.ok ? await readFlaw(desk, who, id) : undone
}
