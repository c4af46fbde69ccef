import { KeyMask } from './key-mask.ts'

/** A short text with its keys overwritten: for names and other text that does not stream. */
export function maskText(text: string): string {
  const mask = new KeyMask()
  const bytes = new TextEncoder().encode(text)
  const parts = [mask.push(bytes), mask.end()]
  return mask.found().length === 0 ? text : parts.map((part) => new TextDecoder().decode(part)).join('')
}
