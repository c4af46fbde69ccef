import { QueryClient } from '@tanstack/react-query'
import { Refused } from './failure.ts'

/** One cache for the page. A refusal is an answer and is not asked again; silence is tried twice more. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => !(error instanceof Refused) && count < 2,
      retryDelay: (count) => 400 * 2 ** count,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
