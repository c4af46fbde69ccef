import { idOf } from '../core/priority/decision-table.ts'
import { SUPPLIER_TABLE } from '../core/priority/tables/patching.ts'
import type { FlawDesk } from '../server/app/flaws/command-flaws.ts'
import { judgeFlaw } from '../server/app/flaws/judge-flaw.ts'
import { inTransaction } from '../server/store/connection.ts'
import type { People } from './case-cast.ts'
import { must } from './docket-cast.ts'

const COORDINATOR = 'ines.marrow@northcoast.example'

/** What a coordinator judges of a flaw, as the inputs of the supplier's table: E exploitation, U utility, TI impact, PSI safety. */
const JUDGED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'demo-room-1': { E: 'P', U: 'S', TI: 'T', PSI: 'S' },
  'demo-room-2': { E: 'P', U: 'E', TI: 'T', PSI: 'M' },
  'demo-told-1': { E: 'P', U: 'E', TI: 'P', PSI: 'S' },
  'demo-quarry-1': { E: 'P', U: 'S', TI: 'P', PSI: 'S' },
  'demo-quarry-2': { E: 'P', U: 'E', TI: 'T', PSI: 'S' },
  'demo-quarry-3': { E: 'N', U: 'S', TI: 'T', PSI: 'M' },
  'demo-quarry-5': { E: 'P', U: 'E', TI: 'T', PSI: 'M' },
  'demo-quarry-9': { E: 'N', U: 'E', TI: 'P', PSI: 'S' },
  'demo-quarry-12': { E: 'P', U: 'S', TI: 'P', PSI: 'M' },
}

/** Judges the flaws that are judged by a person; the others keep what the first look gave them. */
export async function seedJudgements(desk: FlawDesk, people: People, flaws: ReadonlyMap<string, string>): Promise<void> {
  for (const [key, selections] of Object.entries(JUDGED)) {
    const flaw = flaws.get(key)!
    const row = await inTransaction(desk.store, 'all', ({ db }) =>
      db.selectFrom('flaw').select('version').where('id', '=', flaw).executeTakeFirstOrThrow(),
    )
    const command = { table: idOf(SUPPLIER_TABLE), selections, version: row.version }
    must(await judgeFlaw(desk, people(COORDINATOR), flaw, command), 'a judgement')
  }
}
