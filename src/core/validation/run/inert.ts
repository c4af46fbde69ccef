const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

/** Hostile bytes as text: at most `most` bytes are looked at; the first and the last half where there are more. */
export function textOf(bytes: Uint8Array, most: number): string {
  const decoder = new TextDecoder('utf-8')
  if (bytes.length <= most) return decoder.decode(bytes)
  const half = most >> 1
  return `${decoder.decode(bytes.subarray(0, half))}\n[…]\n${decoder.decode(bytes.subarray(bytes.length - half))}`
}

/** Hostile text in one line that does nothing to a terminal or a reader: control and direction marks become U+FFFD. */
export function inertLine(text: string, most: number): string {
  const line = text
    .slice(0, 4 * most)
    .replace(/\s+/g, ' ')
    .replace(ODD, '\ufffd')
    .trim()
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}
