/** Minutes for people, three digits: `4.32 s`, `51.7 min`, `12.4 h`, `3.1 years`. */
export function sayMinutes(minutes: number): string {
  if (minutes < 1 / 60) return `${digits(minutes * 60)} s`
  if (minutes < 120) return minutes < 0.5 ? `${digits(minutes * 60)} s` : `${digits(minutes)} min`
  const hours = minutes / 60
  return hours < 8766 ? `${digits(hours)} h` : `${digits(hours / 8766)} years`
}

function digits(value: number): string {
  return Number(value.toPrecision(3)).toString()
}
