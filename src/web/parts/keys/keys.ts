import { useEffect, useRef } from 'react'
import { preference } from '../preference.ts'

/** One key or a sequence (`g q`), what it does in words, and the act. Keys never send, publish or erase. */
export interface KeyBinding {
  readonly keys: string
  readonly say: string
  readonly run: () => void
}

const layers = new Set<{ readonly current: readonly KeyBinding[] }>()
let held = ''
let heldAt = 0

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Calls back whenever a part of the page binds keys or lets them go; returns the end of it. */
export function onKeysChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Binds keys while mounted; what was bound last wins. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const ref = useRef(bindings)
  ref.current = bindings
  useEffect(() => {
    layers.add(ref)
    tell()
    return () => {
      layers.delete(ref)
      tell()
    }
  }, [])
}

/** Every binding in force, the latest first, one for each key. */
export function bindingsInForce(): KeyBinding[] {
  const found = new Map<string, KeyBinding>()
  for (const layer of [...layers].reverse())
    for (const binding of layer.current) if (!found.has(binding.keys)) found.set(binding.keys, binding)
  return [...found.values()]
}

/** Listens on the document; returns the end of listening. Single keys work outside fields only and can be turned off. */
export function listenForKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    const pressed = nameOf(event)
    if (pressed === null || !allowed(event, pressed)) return
    const binding = match(pressed)
    if (!binding) return
    event.preventDefault()
    binding.run()
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'k' ? 'ctrl k' : null
  if (['Shift', 'Control', 'Meta', 'Tab'].includes(event.key)) return null
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

function allowed(event: KeyboardEvent, pressed: string): boolean {
  if (pressed === 'ctrl k') return true
  if (preference('keys') === 'off' || document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]')) return false
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]')) return false
  // Enter and space belong to the control that has the focus.
  return !((pressed === 'Enter' || pressed === ' ') && target?.closest('a, button, input, summary'))
}

function match(pressed: string): KeyBinding | null {
  const now = Date.now()
  const bindings = bindingsInForce()
  const sequence = held !== '' && now - heldAt < 1500 ? `${held} ${pressed}` : pressed
  held = ''
  const found = bindings.find((binding) => binding.keys === sequence) ?? bindings.find((binding) => binding.keys === pressed)
  if (found) return found
  if (bindings.some((binding) => binding.keys.startsWith(`${pressed} `))) {
    held = pressed
    heldAt = now
  }
  return null
}
