'use strict'

// Addresses of pages from their titles, and the check of addresses that people typed.

const FOLD = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', é: 'e', è: 'e', å: 'a', ø: 'o', æ: 'ae' }
const SHAPE = /^([a-z0-9]+-?)+$/

function fold(text) {
  return [...text.toLowerCase()].map((c) => FOLD[c] ?? c).join('')
}

/** `Über die Brücke!` becomes `ueber-die-bruecke`; at most `most` characters, cut at a word. */
function slug(title, most = 60) {
  const words = fold(title).split(/[^a-z0-9]/).filter(Boolean)
  let out = ''
  for (const word of words) {
    if (out && out.length + 1 + word.length > most) break
    out += out ? `-${word}` : word
  }
  return out.slice(0, most)
}

/** Whether a typed address is words of small letters and digits with single hyphens between or after them. */
function isSlug(text) {
  return text.length <= 200 && SHAPE.test(text)
}

/** One that is not taken yet: `a`, `a-2`, `a-3`. */
function unique(wanted, taken) {
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`
}

/** The parts of an address in reading order, numbers as numbers. */
function parts(text) {
  if (text.length > 200 || !SHAPE.test(text)) return null
  return text.split('-').filter(Boolean).map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : part))
}

module.exports = { slug, isSlug, unique, parts }
