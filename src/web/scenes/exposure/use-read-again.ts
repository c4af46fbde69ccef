import { useQueryClient } from '@tanstack/react-query'

/** Reads again what hangs on inventories and on the rule: the list of them, and what is to be done. */
export function useReadAgain(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await Promise.all(
      ['inventories', 'inventory', 'actions', 'exposure'].map((noun) => client.invalidateQueries({ queryKey: [noun] })),
    )
  }
}
