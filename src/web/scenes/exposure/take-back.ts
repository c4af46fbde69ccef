import type { QueryClient } from '@tanstack/react-query'
import type { ActAction, ActionOut } from '../../../contract/shapes/exposure.ts'
import { sendJson } from '../../api/request.ts'
import { newKey } from '../../api/upload.ts'
import { offerUndo } from '../../parts/notice/undo-offer.tsx'
import { actionPath } from './queries.ts'

/** Says what was just done to an action and offers to take it back, everywhere or on the assets of that act alone. */
export function offerTakeBack(client: QueryClient, answer: ActionOut | null, say: string, assets?: readonly string[]): void {
  if (answer === null) return
  const key = newKey()
  const undo = async () => {
    const act: ActAction = { do: 'reopen', reason: 'Taken back at once.', ...(assets ? { assets: [...assets] } : {}) }
    try {
      await sendJson('POST', actionPath(answer.id), act, key)
    } catch {
      offerUndo({ say: 'Not taken back: it stands as it was said.', undo: null })
    }
    await client.invalidateQueries({ queryKey: ['actions'] })
  }
  offerUndo({ say, undo: () => void undo() })
}
