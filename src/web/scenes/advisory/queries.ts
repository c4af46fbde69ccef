import { queryOptions } from '@tanstack/react-query'
import type { AdvisoryList, AdvisoryPreview, AdvisoryView } from '../../../contract/shapes/advisory.ts'
import type { AdvisoryContent } from '../../../core/advisories/content.ts'
import { contentProblem } from '../../../core/advisories/written.ts'
import { getJson, queryString } from '../../api/request.ts'

export const advisoryPath = (id: string, rest = ''): string => `/v1/advisories/${encodeURIComponent(id)}${rest}`

export const fetchAdvisories = (cursor: string | null, signal?: AbortSignal) =>
  getJson<AdvisoryList>(`/v1/advisories${queryString({ cursor, limit: 200 })}`, signal)

export const advisoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['advisory', id],
    queryFn: ({ signal }) => getJson<AdvisoryView>(advisoryPath(id), signal),
  })

export const previewQuery = (id: string, version: number, format: AdvisoryPreview['format']) =>
  queryOptions({
    queryKey: ['advisory', id, 'preview', version, format],
    queryFn: ({ signal }) => getJson<AdvisoryPreview>(`${advisoryPath(id, '/preview')}${queryString({ format })}`, signal),
  })

/** The content as core knows it; null where it is not of that shape. */
export function contentOf(view: AdvisoryView): AdvisoryContent | null {
  return contentProblem(view.content) === null ? (view.content as unknown as AdvisoryContent) : null
}
