import { sql } from 'kysely'
import { sameNames } from '../../../core/scans/same-names.ts'
import { nameTarget } from '../../../core/scans/target-name.ts'
import type { Tx } from '../../store/connection.ts'

/** Which packages are known to come from which repository: what projects here say of themselves. Read anew when a project changed. */
export class ProjectNames {
  #seen = ''
  #namesOf: (name: string) => readonly string[] = sameNames([])

  async load({ db }: Tx): Promise<(name: string) => readonly string[]> {
    const joined = db.selectFrom('project').where('purl', 'is not', null).where('repository', 'is not', null)
    const { rows } = await sql<{ seen: string }>`
      select count(*) || ' ' || coalesce(max(changed_at)::text, '') as seen from project
      where purl is not null and repository is not null`.execute(db)
    const seen = rows[0]?.seen ?? ''
    if (seen === this.#seen) return this.#namesOf
    const projects = await joined.select(['purl', 'repository']).execute()
    this.#namesOf = sameNames(
      projects.flatMap(({ purl, repository }) => {
        const [one, other] = [nameTarget(purl ?? ''), nameTarget(repository ?? '')]
        return one.ok && other.ok ? [[one.target.name, other.target.name] as const] : []
      }),
    )
    this.#seen = seen
    return this.#namesOf
  }
}
