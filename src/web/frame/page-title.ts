import { useEffect } from 'react'
import { visibleText } from '../parts/inert/visible-text.ts'

/** Names the page in the window's title; the route's announcer reads it. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${visibleText(title, 120)} · Weir`
    document.dispatchEvent(new Event('weir:title'))
  }, [title])
}
