export interface DiffLine {
  readonly how: 'same' | 'gone' | 'come'
  readonly text: string
}

const MOST = 2000

/** What changed from one text to the other, line by line: a longest common subsequence, or null beyond 2,000 lines. */
export function lineDiff(before: string, after: string): readonly DiffLine[] | null {
  const [a, b] = [before.split('\n'), after.split('\n')]
  if (a.length > MOST || b.length > MOST) return null
  const width = b.length + 1
  const length = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] =
        a[i] === b[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!)
  const out: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ how: 'same', text: a[i]! })
      i++
      j++
    } else if (j >= b.length || (i < a.length && length[(i + 1) * width + j]! >= length[i * width + j + 1]!)) {
      out.push({ how: 'gone', text: a[i++]! })
    } else {
      out.push({ how: 'come', text: b[j++]! })
    }
  }
  return out
}
