/** Places in order, with neighbours drawn together: `B, D to G`. */
export function runs(places: readonly number[], name: (place: number) => string): string {
  const parts: string[] = []
  for (let from = 0; from < places.length; ) {
    let to = from
    while (places[to + 1] === places[to]! + 1) to++
    if (to - from < 2) parts.push(...places.slice(from, to + 1).map(name))
    else parts.push(`${name(places[from]!)} to ${name(places[to]!)}`)
    from = to + 1
  }
  return parts.join(', ')
}
