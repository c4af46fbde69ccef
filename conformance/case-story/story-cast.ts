import type { CaseWorld } from '../../src/devkit/case-world.ts'
import { type Member, member } from '../../src/devkit/members.ts'

/** Everybody in the story, in the order of the columns of its table. */
export const ACTORS = [
  'chair',
  'f1',
  'f2',
  'f3',
  'v1',
  'v2',
  'v3',
  'v4',
  'v5',
  'v6',
  'v7',
  'v8',
  'v9',
  'v10',
  'v11',
  'v12',
  'd1',
  'd2',
  'stranger',
  'elsewhere',
  'nobody',
] as const
export type Actor = (typeof ACTORS)[number]

/** Members by actor: `elsewhere` coordinates another clearinghouse, `nobody` is not signed in. */
export async function castOf(world: CaseWorld): Promise<ReadonlyMap<Actor, Member | null>> {
  const elsewhere = await member(world.door.ground, 'Another Clearinghouse', ['coordinator', 'finder', 'inspector'])
  const cast = new Map<Actor, Member | null>([
    ['chair', world.coordinator],
    ['stranger', world.stranger],
    ['elsewhere', elsewhere],
    ['nobody', null],
  ])
  const some = (letter: string, all: readonly Member[]) => {
    for (const [n, one] of all.entries()) cast.set(`${letter}${n + 1}` as Actor, one)
  }
  some('f', world.finders)
  some('v', world.vendors)
  some('d', world.distributors)
  return cast
}

/** The name that others see of an actor. */
export function shownAs(actor: string): string {
  if (actor === 'chair') return 'The Clearinghouse'
  return `${{ f: 'Finder', v: 'Vendor', d: 'Distributor' }[actor[0]!]} ${actor.slice(1)}`
}

/** `v1-v4 d1` as actors. */
export function actorsOf(text: string): Actor[] {
  return text.split(/\s+/).flatMap((part) => {
    const [from = '', to] = part.split('-')
    if (to === undefined) return from === '' ? [] : [from as Actor]
    const [first, last] = [Number(from.slice(1)), Number(to.slice(1))]
    return Array.from({ length: last - first + 1 }, (_, n) => `${from[0]}${first + n}` as Actor)
  })
}
