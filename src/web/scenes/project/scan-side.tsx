import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ProjectOut } from '../../../contract/shapes/project.ts'
import type { AddOptOut, AddScanRoute } from '../../../contract/shapes/scan.ts'
import { meQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { day } from '../../parts/time/format.ts'
import { optOutsOfQuery, scanRoutesOfQuery } from '../claims/queries.ts'
import { StateOptOut } from '../claims/state-opt-out.tsx'
import { saysWords } from '../claims/words.ts'
import { StateScanRoute } from './state-scan-route.tsx'
import { SCAN_ROUTE_WORDS } from './words.ts'

/** What the project says to those who scan it, and where it wants what they find: public, and entered by a coordinator. */
export function ScanSide({ project }: { project: ProjectOut }) {
  const { data: me } = useQuery(meQuery)
  const target = project.purl ?? project.repository
  return target !== null && me?.roles.includes('coordinator') ? <Sides target={target} /> : null
}

function Sides({ target }: { target: string }) {
  const optOuts = useQuery(optOutsOfQuery(target))
  const routes = useQuery(scanRoutesOfQuery(target))
  const client = useQueryClient()
  const withdraw = useMutation({
    mutationFn: ({ path, id }: { path: string; id: string }) =>
      sendJson('POST', path, { do: 'withdraw', id } satisfies AddOptOut & AddScanRoute),
    onSuccess: async () => {
      for (const key of ['opt-outs', 'scan-routes']) await client.invalidateQueries({ queryKey: [key] })
    },
  })
  const error = optOuts.error ?? routes.error
  if (error && !(optOuts.data && routes.data)) return <FailureNote error={error} not="What it says about scans is not shown." />
  const says = [
    ...(optOuts.data?.rows ?? [])
      .filter(({ endedAt }) => endedAt === null)
      .map(({ id, says: what, source, on }) => ({ path: '/v1/opt-outs', id, words: saysWords(what), address: '', source, on })),
    ...(routes.data?.rows ?? [])
      .filter(({ endedAt }) => endedAt === null)
      .map(({ id, kind, address, source, on }) => ({
        path: '/v1/scan-routes',
        id,
        words: `Reports by ${SCAN_ROUTE_WORDS[kind]}:`,
        address,
        source,
        on,
      })),
  ]
  return (
    <section className="panel stack tight" aria-labelledby="scan-side">
      <h2 id="scan-side">To those who scan it</h2>
      {says.length === 0 ? <p className="s i2">It says nothing about scans.</p> : null}
      <ul className="stack tight">
        {says.map(({ path, id, words, address, source, on }) => (
          <li key={id}>
            <b>{words}</b> {address === '' ? null : <Inert className="mono" text={address} breaks />}
            <span className="second xs i3">
              <Inert text={source} breaks />, read {day(Date.parse(on))}
            </span>
            <button
              type="button"
              className="btn small"
              disabled={withdraw.isPending}
              onClick={() => withdraw.mutate({ path, id })}
            >
              It took this back
            </button>
          </li>
        ))}
      </ul>
      {withdraw.error ? <FailureNote error={withdraw.error} not="Not withdrawn." /> : null}
      <StateOptOut target={target} />
      <StateScanRoute target={target} />
    </section>
  )
}
