/** First place of an error's stack in Weir's own code; messages may quote what somebody sent and stay out of the log. */
export function placeIn(error: unknown): string {
  return /src\/[\w/.-]+:\d+/.exec((error as Error)?.stack ?? '')?.[0] ?? ''
}
