import { useQuery } from '@tanstack/react-query'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { isHidden } from '../nowhere/is-hidden.ts'
import { analysisQuery } from './queries.ts'

/** The determination: what the rule computed, what the office recorded, and the report. */
export function DeterminationPart({ docket }: { docket: DocketView }) {
  const { data, error } = useQuery(analysisQuery(docket.id))
  if (error && !data && !isHidden(error)) return <FailureNote error={error} not="The figures are not shown." />
  if (!data && !error) return <Waiting rows={8} what="the figures" />
  return <p className="i2">{data ? data.say : 'No figures are shown to you, or none are computed yet.'}</p>
}
