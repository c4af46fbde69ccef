interface Paged {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  fetchNextPage(): Promise<unknown>
}

/** The button that brings the next page of a list, as long as there is one. */
export function MoreRows({ of, say, small = false }: { of: Paged; say: string; small?: boolean }) {
  if (!of.hasNextPage) return null
  return (
    <p>
      <button
        type="button"
        className={small ? 'btn small' : 'btn'}
        disabled={of.isFetchingNextPage}
        onClick={() => void of.fetchNextPage()}
      >
        {say}
      </button>
    </p>
  )
}
