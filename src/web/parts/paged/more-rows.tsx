interface Paged {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  fetchNextPage(): Promise<unknown>
}

/** The button that brings the next page of a list, as long as there is one. */
export function MoreRows({ of, say }: { of: Paged; say: string }) {
  if (!of.hasNextPage) return null
  return (
    <p>
      <button type="button" className="btn" disabled={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {say}
      </button>
    </p>
  )
}
