import type { FlawPage } from '../contract/shapes/flaw.ts'
import { type Principal, SCOPES } from '../core/access/principal.ts'
import type { Id } from '../core/kernel/id.ts'
import type { Answer } from '../server/app/answer.ts'
import type { FlawDesk } from '../server/app/flaws/command-flaws.ts'
import { readFlaw } from '../server/app/flaws/read-flaw.ts'
import { openDesk, type TestDesk } from './desk.ts'
import { member } from './members.ts'
import type { FreshDatabase } from './pg.ts'

/** A test desk with somebody who decides about flaws. */
export interface CoordinatorsDesk extends FreshDatabase {
  readonly desk: TestDesk
  readonly ground: FlawDesk
  readonly who: Principal
  page(flaw: string): Promise<FlawPage>
}

export async function openCoordination(database: FreshDatabase): Promise<CoordinatorsDesk> {
  const desk = await openDesk(database)
  const ground = { ...desk.intake, macs: desk.macs }
  const who = await coordinator(desk)
  return { ...database, desk, ground, who, page: async (flaw) => granted(await readFlaw(ground, who, flaw)) }
}

export async function coordinator(desk: TestDesk): Promise<Principal> {
  const { id, organisation } = await member(desk.intake, 'North Coast Clearinghouse', ['coordinator'])
  return {
    kind: 'person',
    person: id as Id<'person'>,
    organisation: organisation as Id<'organisation'>,
    roles: ['coordinator'],
    scopes: [...SCOPES],
  }
}

/** The value of an answer that must not be a refusal. */
export function granted<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer.value
}
