export interface Point {
  readonly name: string
  readonly score: number
  readonly asked: boolean
}

// The narrowest scale in pixels and the width of a letter on it: what would overlap there shares a label everywhere.
const NARROWEST = 320
const LETTER = 7

export interface Label {
  /** The middle of what it names, from 0 to 1; the label itself is kept inside the scale. */
  readonly at: number
  readonly say: string
}

/** Labels above a scale, none overlapping: near points share one, `3 asked, B C D`. */
export function labelled(points: readonly Point[]): Label[] {
  const groups = [...Map.groupBy(points, (point) => Math.round(point.score * 100)).values()].sort(
    (a, b) => a[0]!.score - b[0]!.score,
  )
  for (let n = 1; n < groups.length; ) {
    if (box(groups[n - 1]!)[1] > box(groups[n]!)[0]) {
      groups.splice(n - 1, 2, [...groups[n - 1]!, ...groups[n]!])
      n = Math.max(1, n - 1)
    } else n++
  }
  return groups.map((group) => ({ at: middle(group), say: words(group) }))
}

/** From where to where a label reaches, as shares of the scale; the page sets it flush where it would stand out. */
function box(group: readonly Point[]): readonly [number, number] {
  const width = ((words(group).length + 1) * LETTER) / NARROWEST
  const at = middle(group)
  if (at > 0.8) return [1 - width, 1]
  return at < 0.2 ? [0, width] : [at - width / 2, at + width / 2]
}

function middle(group: readonly Point[]): number {
  return (Math.min(...group.map((point) => point.score)) + Math.max(...group.map((point) => point.score))) / 2
}

function words(group: readonly Point[]): string {
  const joined = group.filter((point) => !point.asked).map((point) => point.name)
  const asked = group.filter((point) => point.asked).map((point) => point.name)
  const letters = joined.length > 4 ? `${joined.slice(0, 3).join(' ')} +${joined.length - 3}` : joined.join(' ')
  const questions = asked.length > 1 ? `${asked.length} asked` : (asked[0] ?? '')
  return [questions, letters].filter((part) => part !== '').join(', ')
}
