// One line of a room.

import { fill, make, words } from './dom.js'

export function drawLine(line) {
  const isMine = line.direction === 'in'
  const via = line.channel === 'web' ? [] : [fill('web.via', { channel: capital(line.channel) })]
  return make('div', { className: isMine ? 'mine' : 'theirs' }, [
    make('p', { className: 'meta' }, [
      [words[isMine ? 'web.fromYou' : 'web.fromBot'], writeTime(line.at), ...via].join(' · '),
    ]),
    make('div', { className: 'bubble' }, [
      // The draft comes before the words about it: on a phone it must not be scrolled for.
      ...line.files.map(drawFile),
      ...(line.text === '' ? [] : [make('p', { className: 'said' }, embolden(line.text))]),
    ]),
  ])
}

function drawFile(file) {
  const name = make('span', { className: 'fileName' }, [file.name])
  if (!file.id) return make('p', { className: 'file' }, [name])
  const link = make(
    'a',
    { className: 'file', href: `/api/files/${encodeURIComponent(file.id)}`, download: '' },
    [name, make('span', { className: 'fetch' }, [words['web.download']])],
  )
  return link
}

/** "**đậm**" becomes bold; everything else stays as it was written. */
function embolden(text) {
  return text
    .split(/\*\*([^*\s](?:[^*]*[^*\s])?)\*\*/)
    .map((part, index) => (index % 2 ? make('strong', {}, [part]) : part))
}

/** "2025-03-03T08:00:00.000+07:00" → "03/03 08:00"; the server's times are Vietnam's already. */
function writeTime(at) {
  return `${at.slice(8, 10)}/${at.slice(5, 7)} ${at.slice(11, 16)}`
}

function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
