import { useQuery } from '@tanstack/react-query'
import type { OrganisationRow } from '../../../contract/shapes/account.ts'
import type { ProjectList } from '../../../contract/shapes/project.ts'
import { getJson } from '../../api/request.ts'
import { visibleText } from '../../parts/inert/visible-text.ts'

/** Ids that a field offers with their names: projects known here, and organisations where the asker may list them. */
export function KnownChoices({ id, organisations = false }: { id: string; organisations?: boolean }) {
  const projects = useQuery({
    queryKey: ['projects', 'known'],
    queryFn: ({ signal }) => getJson<ProjectList>('/v1/projects?limit=200', signal),
    retry: false,
  })
  const known = useQuery({
    queryKey: ['organisations', 'known'],
    queryFn: ({ signal }) => getJson<{ rows: OrganisationRow[] }>('/v1/organisations', signal),
    retry: false,
    enabled: organisations,
  })
  const rows = [...(organisations ? (known.data?.rows ?? []) : []), ...(projects.data?.rows ?? [])]
  return (
    <datalist id={id}>
      {rows.map((one) => (
        <option key={one.id} value={one.id} label={visibleText(one.name, 80)} />
      ))}
    </datalist>
  )
}
