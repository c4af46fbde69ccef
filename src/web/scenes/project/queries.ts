import { queryOptions } from '@tanstack/react-query'
import type { ProjectList, ProjectOut } from '../../../contract/shapes/project.ts'
import { getJson, queryString } from '../../api/request.ts'

export const projectPath = (id: string, rest = ''): string => `/v1/projects/${encodeURIComponent(id)}${rest}`

export const fetchProjects = (cursor: string | null, signal?: AbortSignal) =>
  getJson<ProjectList>(`/v1/projects${queryString({ cursor, limit: 200 })}`, signal)

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id],
    queryFn: ({ signal }) => getJson<ProjectOut>(projectPath(id), signal),
  })
