import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DocketAct, DocketView } from '../../../contract/shapes/docket.ts'
import { problemOf } from '../../api/failure.ts'
import { sendJson } from '../../api/request.ts'
import { docketQuery } from './queries.ts'

/** Does one act to the docket as it was read; a change by somebody else meanwhile is told, not overwritten. */
export function useAct(docket: DocketView, done?: () => void) {
  const client = useQueryClient()
  const send = ({ version }: DocketView, act: DocketAct) =>
    sendJson<DocketView>('POST', `/v1/dockets/${encodeURIComponent(docket.id)}/acts`, { version, act })
  return useMutation({
    mutationFn: async (act: DocketAct) => {
      try {
        return await send(docket, act)
      } catch (error) {
        if (problemOf(error)?.code !== 'docket.changed') throw error
        const now = await client.fetchQuery({ ...docketQuery(docket.id), staleTime: 0 })
        if (!signsTheSame(docket, now, act)) throw error
        return await send(now, act)
      }
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['docket', docket.id] })
      await client.invalidateQueries({ queryKey: ['dockets'] })
      done?.()
    },
    // A refusal says that the docket is not as it was read: what is shown is read again, so that the next try fits it.
    onError: () => client.invalidateQueries({ queryKey: ['docket', docket.id] }),
  })
}

/**
 * Whether an act signs for a partner whose answers are those that were read. It names the partner by id alone, so that only the page
 * can tell; other signatures name what they sign by its digest, and no other act is done to a docket that was not seen.
 */
function signsTheSame(read: DocketView, now: DocketView, act: DocketAct): boolean {
  if (act.do !== 'sign-partner' || !now.may.includes(act.do)) return false
  const answers = ({ partners }: DocketView) => JSON.stringify(partners.find(({ partner }) => partner === act.partner)?.vetting)
  return answers(read) === answers(now)
}
