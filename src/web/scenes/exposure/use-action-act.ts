import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ActAction, ActionOut } from '../../../contract/shapes/exposure.ts'
import { sendJson } from '../../api/request.ts'
import { actionPath } from './queries.ts'

/** Does one act to an action of the list; the list is read again, whatever came of it. */
export function useActionAct(action: ActionOut, done?: (answer: ActionOut | null) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act: ActAction) => sendJson<ActionOut | null>('POST', actionPath(action.id), act),
    onSuccess: (answer) => done?.(answer),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['exposure', 'uptake'] })
      return client.invalidateQueries({ queryKey: ['actions'] })
    },
  })
}
