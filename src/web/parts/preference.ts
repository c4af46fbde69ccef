import { useSyncExternalStore } from 'react'

/** What a person set for themselves in this browser, with its choices; the first is what it starts as. */
const CHOICES = {
  theme: ['system', 'light', 'dark'],
  density: ['roomy', 'dense'],
  keys: ['on', 'off'],
} as const

export type PreferenceName = keyof typeof CHOICES
export type PreferenceValue<N extends PreferenceName> = (typeof CHOICES)[N][number]

const listeners = new Set<() => void>()

/** The value kept for a name; the first choice where none (or a foreign one) is kept or storage is closed. */
export function preference<N extends PreferenceName>(name: N): PreferenceValue<N> {
  try {
    const kept = localStorage.getItem(`weir.${name}`)
    const found = (CHOICES[name] as readonly string[]).find((choice) => choice === kept)
    return (found ?? CHOICES[name][0]) as PreferenceValue<N>
  } catch {
    return CHOICES[name][0] as PreferenceValue<N>
  }
}

/** Keeps a value and tells everyone who shows it. */
export function setPreference<N extends PreferenceName>(name: N, value: PreferenceValue<N>): void {
  try {
    localStorage.setItem(`weir.${name}`, value)
  } catch {
    // Storage is closed: the choice holds for nothing but is no error.
  }
  if (name === 'theme') applyTheme()
  for (const listener of listeners) listener()
}

/** Puts the kept theme on the root; the system's own where none is kept. */
export function applyTheme(): void {
  const theme = preference('theme')
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

export function usePreference<N extends PreferenceName>(name: N): PreferenceValue<N> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => preference(name),
  )
}
