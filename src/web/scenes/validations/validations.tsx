import { Link } from '@tanstack/react-router'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { When } from '../../parts/time/when.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { fetchValidations } from '../proof/queries.ts'
import { STATE, TASK } from '../proof/words.ts'

/** Every validation one may see, newest first: a finder's own, or all of them at the coordinator's. */
export function Validations() {
  usePageTitle('Validations')
  const { query, rows } = usePaged(['validations'], fetchValidations, 5_000)
  if (query.error && !query.data) return <NotShown error={query.error} not="The validations are not shown." />
  return (
    <div className="stack">
      <div>
        <h1>Validations</h1>
        <p className="i2">Reproducers and patches that were run in the sandbox, and those that wait for it.</p>
      </div>
      {query.isPending ? <Waiting rows={8} what="validations" /> : null}
      {query.data && rows.length === 0 ? (
        <Empty fact="Nothing was run yet.">A flaw that came with a reproducer is run from its page.</Empty>
      ) : null}
      {rows.length > 0 ? (
        <table className="blocks">
          <caption className="vh">Validations, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Target</th>
              <th scope="col">Asked for</th>
              <th scope="col">State</th>
              <th scope="col">What it came to</th>
              <th scope="col">When</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to="/validations/$id" params={{ id: row.id }}>
                    <Inert text={row.target.name} />
                  </Link>
                </td>
                <td>{row.tasks.map((task) => TASK[task].name).join(', ')}</td>
                <td>{STATE[row.state]}</td>
                <td>
                  <Inert text={row.state === 'waiting' ? (row.waitsFor ?? row.say) : (row.progress?.say ?? row.say)} />
                </td>
                <td>
                  <When at={row.endedAt ?? row.startedAt ?? row.askedAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <MoreRows of={query} say="Show earlier ones" />
    </div>
  )
}
