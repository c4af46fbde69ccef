import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FlawPage, FlawRow } from '../../../contract/shapes/flaw.ts'
import { flawQuery } from '../../api/queries.ts'
import { getJson, sendJson } from '../../api/request.ts'
import { offerUndo } from '../../parts/notice/undo-offer.tsx'

const UNDONE = { say: 'Undone. It stands in the history.', undo: null }

/** What every act does afterwards: shows the answered page, marks the lists as old, offers to undo. */
function useAfter() {
  const client = useQueryClient()
  const refresh = async (page: FlawPage | null) => {
    if (page?.row) client.setQueryData(flawQuery(page.row.id).queryKey, page)
    await Promise.all([client.invalidateQueries({ queryKey: ['flaws'] }), client.invalidateQueries({ queryKey: ['flaw'] })])
  }
  const undo = async (id: string) => {
    try {
      // Its version may have moved on since: what is undone is the last act, whatever its number.
      const { row } = await getJson<FlawPage>(`/v1/flaws/${encodeURIComponent(id)}`)
      await refresh(
        await sendJson<FlawPage | null>('POST', `/v1/flaws/${encodeURIComponent(id)}/undo`, { version: row.version }),
      )
      offerUndo(UNDONE)
    } catch (error) {
      offerUndo({ say: `Not undone: ${error instanceof Error ? error.message : 'no answer'}`, undo: () => void undo(id) })
    }
  }
  return { refresh, undo }
}

/** Puts one flaw into another. */
export function useMerge() {
  const { refresh, undo } = useAfter()
  return useMutation({
    mutationFn: ({ into, from }: { into: FlawRow; from: FlawRow }) =>
      sendJson<FlawPage | null>('POST', '/v1/flaws/merge', { into: into.id, from: from.id, version: into.version, why: '' }),
    onSuccess: async (page, { into }) => {
      offerUndo({ say: 'Merged.', undo: () => void undo(into.id) })
      await refresh(page)
    },
  })
}

/** Answers an open question: one flaw, or two. */
export function useDecide(flaw: string) {
  const { refresh, undo } = useAfter()
  return useMutation({
    mutationFn: ({ suggestion, verdict }: { suggestion: string; verdict: 'merge' | 'keep-apart' }) =>
      sendJson<FlawPage | null>('POST', `/v1/suggestions/${encodeURIComponent(suggestion)}/decide`, { verdict, why: '' }),
    onSuccess: async (page, { verdict }) => {
      const kept = page?.row?.id ?? flaw
      offerUndo({ say: verdict === 'merge' ? 'Merged.' : 'Kept apart.', undo: () => void undo(kept) })
      await refresh(page)
    },
  })
}

/** Takes findings out into a flaw of their own. */
export function useSplit(row: FlawRow) {
  const { refresh, undo } = useAfter()
  return useMutation({
    mutationFn: (findings: readonly string[]) =>
      sendJson<FlawPage | null>('POST', `/v1/flaws/${encodeURIComponent(row.id)}/split`, {
        findings,
        version: row.version,
        why: '',
      }),
    onSuccess: async (page, findings) => {
      offerUndo({
        say:
          findings.length === 1 ? 'One finding has its own flaw now.' : `${findings.length} findings have their own flaw now.`,
        undo: () => void undo(row.id),
      })
      await refresh(page)
    },
  })
}

/** Undoes the last act on this flaw. */
export function useUndo(row: FlawRow) {
  const { refresh } = useAfter()
  return useMutation({
    mutationFn: () =>
      sendJson<FlawPage | null>('POST', `/v1/flaws/${encodeURIComponent(row.id)}/undo`, { version: row.version }),
    onSuccess: async (page) => {
      await refresh(page)
      // In place of an offer that stood there: taken up now, it would undo the act before.
      offerUndo(UNDONE)
    },
  })
}

/** Records a judgement by a table. */
export function useJudge(row: FlawRow) {
  const { refresh } = useAfter()
  return useMutation({
    mutationFn: ({ table, selections }: { table: string; selections: Record<string, string> }) =>
      sendJson<FlawPage | null>('POST', `/v1/flaws/${encodeURIComponent(row.id)}/judgements`, {
        table,
        selections,
        version: row.version,
      }),
    onSuccess: refresh,
  })
}

/** Lets a finder know that the flaw is known already. */
export function useRelease() {
  const { refresh } = useAfter()
  return useMutation({
    mutationFn: (finding: string) => sendJson<unknown>('POST', `/v1/findings/${encodeURIComponent(finding)}/release`, {}),
    onSuccess: () => refresh(null),
  })
}
