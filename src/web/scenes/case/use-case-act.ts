import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { CaseAct, CaseView } from '../../../contract/shapes/case.ts'
import { sendJson } from '../../api/request.ts'
import { casePath } from './queries.ts'

/** Does one act to the case as it was read; a change by somebody else meanwhile is told, not overwritten. */
export function useCaseAct(of: CaseView, done?: () => void) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (act: CaseAct) =>
      sendJson<CaseView | { gone: true }>('POST', casePath(of.row.id, '/acts'), { version: of.version, act }),
    onSuccess: async (answer) => {
      // Who has declined or left reads the case no more.
      if ('gone' in answer) {
        await navigate({ to: '/cases' })
        client.removeQueries({ queryKey: ['case', of.row.id] })
        await client.invalidateQueries({ queryKey: ['cases'] })
        return
      }
      await client.invalidateQueries({ queryKey: ['case', of.row.id] })
      await client.invalidateQueries({ queryKey: ['cases'] })
      done?.()
    },
    // A refusal says that the case is not as it was read: what is shown is read again, so that the next try fits it.
    onError: () => client.invalidateQueries({ queryKey: ['case', of.row.id] }),
  })
}

export type CaseActing = ReturnType<typeof useCaseAct>
