import { useState } from 'react'
import { Button } from 'react-aria-components/Button'

/** Copies a text; says so in place, for those who listen too. */
export function CopyButton({ text, label = 'Copy', plain = false }: { text: string; label?: string; plain?: boolean }) {
  const [said, setSaid] = useState<string | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid('Copied')
    } catch {
      setSaid('Not copied: select the text instead')
    }
    setTimeout(() => setSaid(null), 2500)
  }
  return (
    <Button className={`btn small ${plain ? 'plain' : ''}`} onPress={copy}>
      <span aria-live="polite">{said ?? label}</span>
    </Button>
  )
}
