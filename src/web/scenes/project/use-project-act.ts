import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ProjectAct, ProjectOut } from '../../../contract/shapes/project.ts'
import { sendJson } from '../../api/request.ts'
import { projectPath } from './queries.ts'

/** Does one act to the project as it was read; a change by somebody else meanwhile is told, not overwritten. */
export function useProjectAct(project: ProjectOut, done?: () => void) {
  const client = useQueryClient()
  const readAgain = () =>
    Promise.all([['project', project.id], ['projects'], ['inbox']].map((queryKey) => client.invalidateQueries({ queryKey })))
  return useMutation({
    mutationFn: (act: ProjectAct) =>
      sendJson<ProjectOut>('POST', projectPath(project.id, '/acts'), { version: project.version, act }),
    onSuccess: async () => {
      await readAgain()
      done?.()
    },
    // A refusal says that the project is not as it was read: it is read again, so that the next try fits it.
    onError: readAgain,
  })
}
