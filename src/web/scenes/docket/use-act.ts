import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DocketAct, DocketView } from '../../../contract/shapes/docket.ts'
import { sendJson } from '../../api/request.ts'

/** Does one act to the docket as it was read; a change by somebody else meanwhile is told, not overwritten. */
export function useAct(docket: DocketView, done?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act: DocketAct) =>
      sendJson<DocketView>('POST', `/v1/dockets/${encodeURIComponent(docket.id)}/acts`, { version: docket.version, act }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['docket', docket.id] })
      await client.invalidateQueries({ queryKey: ['dockets'] })
      done?.()
    },
    // A refusal says that the docket is not as it was read: what is shown is read again, so that the next try fits it.
    onError: () => client.invalidateQueries({ queryKey: ['docket', docket.id] }),
  })
}
