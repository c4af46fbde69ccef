'use strict'
// Search over file names, and the e-mail check of the sign-up form.

const EMAIL = /^([a-zA-Z0-9]+)+@([a-zA-Z0-9]+\.)+[a-z]+$/

function isEmail(text) {
  return EMAIL.test(text)
}

function matches(names, query) {
  const wanted = new RegExp(query, 'i')
  return names.filter((name) => wanted.test(name))
}

function pageOf(names, page) {
  const pages = {}
  names.forEach((name, i) => {
    const at = String(Math.floor(i / 10))
    pages[at] = [...(pages[at] ?? []), name]
  })
  return pages[page ?? '0']
}

module.exports = { isEmail, matches, pageOf }
