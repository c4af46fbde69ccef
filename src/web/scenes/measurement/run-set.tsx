import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { AttemptRow, RunSetView } from '../../../contract/shapes/measurement.ts'
import { sendJson } from '../../api/request.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count, duration } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { runSetQuery } from './queries.ts'
import { sayMinutes } from './say-minutes.ts'

/** The run browser: every attempt of a run set, to be filtered, opened and marked. */
export function RunSet() {
  const { id, run } = useParams({ strict: false }) as { id: string; run: string }
  const { data, error } = useQuery(runSetQuery(id, run))
  usePageTitle(data?.suite ?? 'Run set')
  if (error && !data) return <NotShown error={error} not="The run set is not shown." />
  if (!data) return <Waiting rows={12} what="the run set" />
  return <Shown docket={id} set={data} />
}

function Shown({ docket, set }: { docket: string; set: RunSetView }) {
  const filter = useFilter('Filter attempts')
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () =>
      sendJson('POST', `/v1/dockets/${encodeURIComponent(docket)}/run-sets/${encodeURIComponent(set.id)}/stop`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['docket', docket] }),
  })
  const rows = set.rows.filter((row) =>
    filter.fits(`${row.task} ${row.reason} ${row.say} ${row.flags.join(' ')} ${row.cheating}`),
  )
  const solved = set.rows.filter((row) => row.score === 1).length
  return (
    <div className="stack">
      <div>
        <p className="s">
          <Link to="/dockets/$id/$part" params={{ id: docket, part: 'runs' }}>
            Measurements
          </Link>
        </p>
        <h1>
          <Inert text={set.suite ?? 'Run set'} />
        </h1>
        <p className="row wrap i2">
          {set.model ? (
            <span>
              model <Inert text={set.model} />
            </span>
          ) : null}
          <span>
            {count(set.finished)} of {count(set.attempts)} attempts, {count(solved)} solved
          </span>
          <span>{count(set.tokens)} tokens</span>
          <span className="xs i3 mono">{set.id}</span>
        </p>
        <p className="s" aria-live="polite">
          <Inert text={set.say} />
          {set.leftMs !== null && set.state === 'running' ? `, about ${duration(set.leftMs)} left` : ''}
        </p>
      </div>
      {set.mayStop && (set.state === 'running' || set.state === 'waiting') ? (
        <p className="row wrap">
          <button type="button" className="btn" disabled={stop.isPending} onClick={() => stop.mutate()}>
            Stop the runs
          </button>
          <span className="s i2">What is finished is kept; attempts under way count for nothing.</span>
        </p>
      ) : null}
      {stop.error ? <FailureNote error={stop.error} not="Not stopped." /> : null}
      {set.findings.length > 0 ? (
        <section>
          <h2>What the import found</h2>
          <ul className="s dots">
            {set.findings.map((one) => (
              <li key={`${one.code} ${one.where} ${one.say}`}>
                <Inert text={one.say} /> <span className="i3 mono xs">{one.code}</span>{' '}
                <span className="i3">
                  <Inert text={one.where} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="stack tight">
        <div className="sh">
          <h2>Attempts</h2>
          {filter.field}
        </div>
        <AttemptTable docket={docket} run={set.id} rows={rows} />
        {rows.length < set.rows.length ? (
          <p className="s i3">
            {count(rows.length)} of {count(set.rows.length)} shown
          </p>
        ) : null}
      </section>
    </div>
  )
}

function AttemptTable({ docket, run, rows }: { docket: string; run: string; rows: readonly AttemptRow[] }) {
  return (
    <table className="blocks">
      <caption className="vh">Attempts</caption>
      <thead>
        <tr>
          <th scope="col">Task</th>
          <th scope="col" className="num">
            A person needs
          </th>
          <th scope="col" className="num">
            Score
          </th>
          <th scope="col">How it ended</th>
          <th scope="col" className="num">
            Tokens
          </th>
          <th scope="col">Marks</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.n}>
            <td>
              {row.transcript ? (
                <Link to="/dockets/$id/runs/$run/$n" params={{ id: docket, run, n: String(row.n) }}>
                  <Inert text={row.task} />
                </Link>
              ) : (
                <Inert text={row.task} />
              )}{' '}
              <span className="xs i3 nowrap">
                attempt <Inert text={row.attempt} />
              </span>
            </td>
            <td className="num" data-label="A person needs">
              {row.minutes === null ? <span className="i3">not known</span> : sayMinutes(row.minutes)}
            </td>
            <td className="num">{row.score === null ? <span className="tag assumed">missing</span> : row.score}</td>
            <td>
              <Inert text={row.say} />
            </td>
            <td className="num">{row.tokens === null ? '' : count(row.tokens)}</td>
            <td>
              {row.cheating === 'confirmed' ? <span className="tag soon">cheated</span> : null}
              {row.cheating === 'suspected' ? <span className="tag assumed">cheating suspected</span> : null}
              {row.broken ? <span className="tag assumed">task broken</span> : null}
              {row.flags.length > 0 ? <span className="xs i3"> {row.flags.join(', ')}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
