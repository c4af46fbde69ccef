/** Keys that stand twice in one object of a JSON text, by their path; the text itself is one that JSON.parse reads. */
export function repeatedKeys(text: string): string[] {
  const repeated: string[] = []
  let at = 0
  const blank = () => {
    while (/\s/.test(text[at] ?? '')) at += 1
  }
  const string = (): string => {
    const from = at
    for (at += 1; text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1
    at += 1
    return JSON.parse(text.slice(from, at))
  }
  const value = (path: string): void => {
    blank()
    if (text[at] === '{') object(path)
    else if (text[at] === '[') list(path)
    else if (text[at] === '"') string()
    else while (at < text.length && !/[\s,\]}]/.test(text[at] ?? '')) at += 1
  }
  const object = (path: string): void => {
    const seen = new Set<string>()
    at += 1
    for (blank(); text[at] !== '}'; blank()) {
      if (text[at] === ',') at += 1
      blank()
      const key = string()
      if (seen.has(key)) repeated.push(`${path}/${key}`)
      seen.add(key)
      blank()
      at += 1
      value(`${path}/${key}`)
    }
    at += 1
  }
  const list = (path: string): void => {
    at += 1
    for (blank(); text[at] !== ']'; blank()) {
      if (text[at] === ',') at += 1
      value(path)
    }
    at += 1
  }
  value('')
  return repeated
}
