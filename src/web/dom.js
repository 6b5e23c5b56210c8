// The words of the pages, and the small parts all of them are made of. Text goes in as text, never as HTML.

export const words = JSON.parse(byId('words').textContent)

export function byId(id) {
  return document.getElementById(id)
}

export function make(tag, properties, children = []) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

/** Leaves the page alone where nothing has changed, so that focus and reading position stay. */
export function redraw(element, children) {
  const fresh = make(element.tagName, {}, children)
  if (fresh.innerHTML === element.innerHTML) return
  const focused = element.contains(document.activeElement)
    ? document.activeElement.getAttribute('href')
    : null
  element.replaceChildren(...fresh.childNodes)
  if (focused) element.querySelector(`[href="${focused}"]`)?.focus()
}

export function fill(key, values) {
  return words[key].replace(/\{(\w+)\}/g, (_place, name) => values[name])
}

export function bar({ done, total }) {
  const progress = make('progress', { max: Math.max(total, 1), value: done })
  progress.setAttribute('aria-hidden', 'true')
  return progress
}
