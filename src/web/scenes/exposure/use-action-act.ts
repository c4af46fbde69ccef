import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActAction, ActionOut } from '../../../contract/shapes/exposure.ts'
import { Unreachable } from '../../api/failure.ts'
import { HeldKey } from '../../api/held-key.ts'
import { sendJson } from '../../api/request.ts'
import { actionPath } from './queries.ts'

/** Does one act to an action of the list, once however often it had to be sent; the list is read again, whatever came of it. */
export function useActionAct(action: Pick<ActionOut, 'id'>, done?: (answer: ActionOut | null) => void) {
  const client = useQueryClient()
  const [keys] = useState(() => new HeldKey())
  return useMutation({
    mutationFn: (act: ActAction) => sendJson<ActionOut | null>('POST', actionPath(action.id), act, keys.of(act)),
    // Silence is tried once more: under its key that does nothing twice.
    retry: (count, error) => error instanceof Unreachable && count < 1,
    retryDelay: 600,
    onSuccess: (answer) => done?.(answer),
    onSettled: (_answer, error) => {
      keys.heard(error)
      void client.invalidateQueries({ queryKey: ['exposure', 'uptake'] })
      return client.invalidateQueries({ queryKey: ['actions'] })
    },
  })
}
