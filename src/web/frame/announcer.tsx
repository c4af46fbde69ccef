import { useEffect, useState } from 'react'

/** Tells those who listen which page they are on now. */
export function Announcer() {
  const [title, setTitle] = useState('')
  useEffect(() => {
    const tell = () => setTitle(document.title)
    document.addEventListener('weir:title', tell)
    return () => document.removeEventListener('weir:title', tell)
  }, [])
  return (
    <div className="vh" aria-live="polite">
      {title}
    </div>
  )
}
