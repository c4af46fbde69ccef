import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReadTerms, TermsDraft } from '../../../contract/shapes/project.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { DraftTable } from './draft-table.tsx'

const KINDS: readonly (readonly [ReadTerms['kind'], string])[] = [
  ['security-txt', 'security.txt'],
  ['security-insights', 'SECURITY-INSIGHTS.yml'],
  ['security-md', 'SECURITY.md'],
  ['terms', 'terms as JSON'],
]
const MOST = 200_000

/** A first draft out of a file that the project publishes; nothing of it holds before a person has confirmed it. */
export function FromFile({ text, take }: { text: string; take: (next: string, file: string) => void }) {
  const [kind, setKind] = useState<ReadTerms['kind']>('security-txt')
  const [given, setGiven] = useState('')
  const read = useMutation({
    mutationFn: () => sendJson<TermsDraft>('POST', '/v1/projects/read-terms', { kind, text: given } satisfies ReadTerms),
  })
  // What was read before is not what stands in the fields now.
  const give = (text: string) => {
    setGiven(text)
    read.reset()
  }
  const file = KINDS.find(([one]) => one === kind)![1]
  return (
    <div className="stack opens subpanel fromfile">
      <div className="grid2">
        <Field label="The file is">
          {(ids) => (
            <select
              {...ids}
              value={kind}
              onChange={(event) => {
                setKind(KINDS.find(([one]) => one === event.target.value)?.[0] ?? 'security-txt')
                read.reset()
              }}
            >
              {KINDS.map(([one, word]) => (
                <option key={one} value={one}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Choose it" hint="At most 200 kB; or paste it below">
          {(ids) => (
            <input
              {...ids}
              type="file"
              onChange={(event) => {
                const [chosen] = event.target.files ?? []
                if (chosen) void chosen.slice(0, MOST).text().then(give)
              }}
            />
          )}
        </Field>
      </div>
      <Field label="What it says">
        {(ids) => (
          <textarea
            {...ids}
            className="mono"
            rows={6}
            maxLength={MOST}
            spellCheck={false}
            value={given}
            onChange={(event) => give(event.target.value)}
          />
        )}
      </Field>
      <p>
        <button
          type="button"
          className="btn small"
          disabled={read.isPending || given.trim() === ''}
          onClick={() => read.mutate()}
        >
          Read it
        </button>
      </p>
      {read.error ? <FailureNote error={read.error} not="Not read." safe="Nothing was stored." /> : null}
      {read.data ? (
        <DraftTable draft={read.data} text={text} file={file} take={(next) => take(next, `${file} of the project`)} />
      ) : null}
    </div>
  )
}
