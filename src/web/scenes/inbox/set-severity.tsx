import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseAct, CaseView } from '../../../contract/shapes/case.ts'
import type { InboxItem } from '../../../contract/shapes/project.ts'
import { scoreVector } from '../../../core/priority/cvss/score.ts'
import { sendJson } from '../../api/request.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { casePath, caseQuery } from '../case/queries.ts'
import { BASE_31, vectorOf } from './base-metrics.ts'

/** The maintainer's own severity, picked metric by metric or pasted as a vector; the score is computed in the page. */
export function SetSeverity({ item, done }: { item: InboxItem; done: () => void }) {
  const seen = useQuery(caseQuery(item.case))
  const client = useQueryClient()
  const [flaw, setFlaw] = useState<string | null>(null)
  const [picked, setPicked] = useState<Readonly<Record<string, string>>>({})
  const [pasted, setPasted] = useState('')
  const flaws = seen.data?.flaws ?? []
  const about = flaw ?? flaws[0]?.id ?? null
  const vector = pasted.trim() === '' ? vectorOf(picked) : pasted.trim()
  const scored = vector === null ? null : scoreVector(vector)
  const set = useMutation({
    mutationFn: () => {
      const act: CaseAct = { do: 'judge-severity', party: item.party, flaw: about!, vector: vector! }
      return sendJson<CaseView>('POST', casePath(item.case, '/acts'), { version: seen.data!.version, act })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['case', item.case] })
      await client.invalidateQueries({ queryKey: ['inbox'] })
      done()
    },
    onError: () => client.invalidateQueries({ queryKey: ['case', item.case] }),
  })
  if (seen.error && !seen.data) return <FailureNote error={seen.error} not="The case could not be read." />
  if (!seen.data) return <Waiting rows={1} what="the case" />
  return (
    <form
      className="ownseverity stack opens"
      onSubmit={(event) => {
        event.preventDefault()
        if (scored?.ok && about) set.mutate()
      }}
    >
      {flaws.length > 1 ? (
        <label className="metric">
          <span>Flaw</span>
          <select className="small" value={about ?? ''} onChange={(event) => setFlaw(event.target.value)}>
            {flaws.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title.slice(0, 100)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <div className="metrics">
        {BASE_31.map(([key, name, values]) => (
          <label key={key} className="metric">
            <span>{name}</span>
            <select
              className="small"
              value={picked[key] ?? ''}
              disabled={pasted.trim() !== ''}
              onChange={(event) => setPicked({ ...picked, [key]: event.target.value })}
            >
              <option value="">Choose</option>
              {values.map(([value, word]) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <label className="metric">
        <span>Or paste a vector, CVSS 3 or 4</span>
        <input
          className="small mono"
          value={pasted}
          maxLength={300}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setPasted(event.target.value)}
        />
      </label>
      <p className="s" role="status">
        {scored === null ? (
          <span className="i3">Choose all eight, and the score stands here.</span>
        ) : scored.ok ? (
          <>
            <b className="vendorsays">
              {scored.score.toFixed(1)} {scored.severity}
            </b>{' '}
            <code className="break">{scored.vector}</code>
          </>
        ) : (
          <span className="alarm">
            <Inert text={scored.why} />
          </span>
        )}
      </p>
      {set.error ? <FailureNote error={set.error} not="Not set." safe="What you chose is still here." /> : null}
      <p className="row wrap">
        <button type="submit" className="btn small" disabled={!scored?.ok || about === null || set.isPending}>
          This is ours
        </button>
        <span className="xs i3">It stands first in the advisory; the others stay beside it.</span>
      </p>
    </form>
  )
}
