export interface Point {
  readonly name: string
  readonly score: number
  readonly asked: boolean
}

// Labels nearer to one another than this share of the scale would overlap in the narrowest column.
const APART = 0.35

/** Labels above a scale, none overlapping: near points share one, `B C D, 3 asked`, written at their middle. */
export function labelled(points: readonly Point[]): { readonly at: number; readonly say: string }[] {
  const groups: Point[][] = []
  for (const point of [...points].sort((a, b) => a.score - b.score)) {
    const last = groups.at(-1)
    if (last && point.score - last[0]!.score < APART) last.push(point)
    else groups.push([point])
  }
  return groups.map((group) => ({ at: (group[0]!.score + group.at(-1)!.score) / 2, say: words(group) }))
}

function words(group: readonly Point[]): string {
  const joined = group.filter((point) => !point.asked).map((point) => point.name)
  const asked = group.filter((point) => point.asked).map((point) => point.name)
  const letters = joined.length > 4 ? `${joined.slice(0, 3).join(' ')} +${joined.length - 3}` : joined.join(' ')
  const questions = asked.length > 1 ? `${asked.length} asked` : (asked[0] ?? '')
  return [questions, letters].filter((part) => part !== '').join(', ')
}
