// The chat rooms and the progress board. What is shown is always read anew from the server; its events
// only say when to look.

import { drawBoard } from './board.js'
import { bar, byId, fill, make, redraw, words } from './dom.js'
import { drawLine } from './line.js'

const isTouch = matchMedia('(pointer: coarse)').matches
const PATIENCE_MS = 50_000

let people = []
let board = null
let person
/** The room as it stands on the page. */
let shown = []
/** The last try to send in each room, so that trying again sends the same message and not a second one. */
const tries = new Map()
let isSending = false
let source
let lastHeard = 0
let reads = 0
let drawnRead = 0
let isAtEnd = true
let waitTimer
let noticeTimer
const seen = JSON.parse(localStorage.getItem('thuky.seen') ?? '{}')

await start()

async function start() {
  for (const tab of document.querySelectorAll('[data-show]')) {
    tab.addEventListener('click', () => show(tab.dataset.show))
  }
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault()
    sendText()
  })
  byId('text').addEventListener('keydown', onKey)
  byId('text').addEventListener('input', onInput)
  addEventListener('hashchange', () => enter(location.hash.slice(1)))
  document.addEventListener('visibilitychange', connect)
  setInterval(watch, 5_000)
  setInterval(lookOn, 20_000)
  byId('scroll').addEventListener('scroll', () => {
    isAtEnd = endOf(byId('scroll')) - byId('scroll').scrollTop < 8
  })
  // A keyboard that opens or a notice that comes does not cover the last words.
  new ResizeObserver(() => {
    if (isAtEnd) byId('scroll').scrollTop = endOf(byId('scroll'))
  }).observe(byId('scroll'))
  show('people')
  const slow = setTimeout(() => notify(words['web.loading']), 500)
  await retry(readOffice)
  clearTimeout(slow)
  notify()
  await enter(location.hash.slice(1))
}

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────

async function readOffice() {
  const [office, read] = await Promise.all([get('/api/office'), get('/api/board')])
  people = office.people
  byId('office').textContent = office.name
  board = read
  drawPeople()
  drawBoard(board)
}

async function readBoard() {
  board = await get('/api/board')
  drawPeople()
  drawBoard(board)
}

/** Reads the room; `expected` is a message that was announced and may take a moment to stand in the history. */
async function readRoom(expected) {
  const asked = person
  if (!asked) return
  for (let attempt = 0; attempt < 5; attempt += 1) {
    reads += 1
    const read = reads
    const lines = await get(`/api/rooms/${asked}`)
    // An answer that was overtaken by a later one is no news.
    if (asked !== person || read < drawnRead) return
    drawnRead = read
    drawRoom(lines)
    if (!expected || lines.some(({ id }) => id === expected || id === `o${expected}`)) return
    await pause(200 * (attempt + 1))
  }
}

async function get(path) {
  const response = await fetch(path, { signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error((await readSay(response)) ?? `${path}: ${response.status}`)
  return response.json()
}

/** The server's own words for a no, where it has some. */
async function readSay(response) {
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return isJson ? (await response.json()).say : undefined
}

async function retry(read) {
  for (;;) {
    try {
      return await read()
    } catch {
      notify(words['web.reconnecting'])
      await pause(3_000)
    }
  }
}

// ── Events ───────────────────────────────────────────────────────────────────────────────────────

/** Listens while somebody looks: a browser allows one server six open connections over all its tabs. */
function connect() {
  source?.close()
  source = undefined
  if (!person || document.hidden) return
  const opened = new EventSource(`/api/rooms/${person}/events`)
  source = opened
  lastHeard = performance.now()
  on(opened, 'open', async () => {
    await Promise.all([readOffice(), readRoom()])
    notify()
  })
  on(opened, 'beat', () => Promise.all([readBoard(), readRoom()]))
  on(opened, 'board', readBoard)
  on(opened, 'message', async (event) => {
    const news = JSON.parse(event.data)
    if (news.person === person) return readRoom(news.id)
    people = people.map((one) => (one.id === news.person ? { ...one, lastMessage: news.id } : one))
    drawPeople()
  })
  opened.onerror = () => notify(words['web.reconnecting'])
}

function on(opened, name, act) {
  opened.addEventListener(name, async (event) => {
    lastHeard = performance.now()
    try {
      await act(event)
    } catch {
      // The server went away between the event and the reading: opening anew reads everything.
      notify(words['web.reconnecting'])
      await pause(2_000)
      if (source === opened) connect()
    }
  })
}

/** Opens anew where the browser gave up, or where nothing has come for longer than two heartbeats. */
function watch() {
  if (!person || document.hidden) return
  const isSilent = performance.now() - lastHeard > PATIENCE_MS
  if (!source || source.readyState === EventSource.CLOSED || isSilent) connect()
}

/** Where nobody is chosen there are no events, yet the board may hang on a wall. */
async function lookOn() {
  if (person || document.hidden || people.length === 0) return
  await retry(readOffice)
  notify()
}

// ── Choosing a person ────────────────────────────────────────────────────────────────────────────

async function enter(id) {
  const found = people.find((one) => one.id === id)
  if (!found || id === person) return
  keepDraft()
  person = id
  shown = []
  problem()
  waitFor(false)
  byId('log').setAttribute('aria-live', 'off')
  byId('log').replaceChildren()
  byId('choices').replaceChildren()
  byId('partner').textContent = fill('web.chatWith', { name: found.name })
  byId('partnerTitle').textContent = found.title
  document.title = `${found.name} – ${words['web.title']}`
  byId('composer').hidden = false
  byId('text').value = sessionStorage.getItem(`thuky.draft.${id}`) ?? ''
  grow()
  show('chat')
  drawPeople()
  byId('people').querySelector('[aria-current]').scrollIntoView({ block: 'nearest' })
  if (!isTouch) byId('text').focus()
  connect()
}

function drawPeople() {
  const cards = people.map((one) => {
    const isUnread = one.id !== person && one.lastMessage !== '' && seen[one.id] !== bare(one.lastMessage)
    const progress = board?.people.find(({ id }) => id === one.id)
    const link = make('a', { href: `#${one.id}`, className: isUnread ? 'card unread' : 'card' }, [
      make('span', { className: 'name' }, [one.name]),
      make('span', { className: 'title' }, [one.title]),
      ...(board ? [make('span', { className: 'count' }, [describe(progress)])] : []),
      ...(isUnread ? [make('span', { className: 'new' }, [words['web.unread']])] : []),
      ...(progress?.total ? [bar(progress)] : []),
    ])
    if (one.id === person) link.setAttribute('aria-current', 'page')
    link.addEventListener('click', () => show('chat'))
    return make('li', {}, [link])
  })
  redraw(byId('people'), cards)
  byId('anyUnread').hidden = !byId('people').querySelector('.unread')
}

function describe(progress) {
  return progress?.total ? fill('web.progress', progress) : words['web.noItems']
}

/** Which of the three views a phone shows; a wide screen shows them all. */
function show(view) {
  document.body.dataset.view = view
  for (const tab of document.querySelectorAll('[data-show]')) {
    tab.setAttribute('aria-pressed', String(tab.dataset.show === view))
  }
  if (view === 'chat') scrollRoom()
}

// ── The room ─────────────────────────────────────────────────────────────────────────────────────

function drawRoom(lines) {
  const isGrown = shown.every((line, index) => line.id === lines[index]?.id)
  const isFirst = shown.length === 0 || !isGrown
  const added = isGrown ? lines.slice(shown.length) : lines
  if (!isGrown) byId('log').replaceChildren()
  byId('log').append(...added.map(drawLine))
  shown = lines
  const last = lines.findLast(({ direction }) => direction === 'out')
  if (last && !document.hidden) {
    seen[person] = bare(last.id)
    localStorage.setItem('thuky.seen', JSON.stringify(seen))
  }
  if (lines.length === 0)
    byId('log').replaceChildren(make('p', { className: 'empty' }, [words['web.noMessages']]))
  else byId('log').querySelector('.empty')?.remove()
  // The history is not read out, what comes after it is.
  if (isFirst) setTimeout(() => byId('log').setAttribute('aria-live', 'polite'), 1_000)
  if (added.length === 0) return
  if (added.some(({ direction }) => direction === 'out')) waitFor(false)
  drawChoices(lines)
  const firstSaid = added.find(({ direction }) => direction === 'out')
  scrollRoom(isFirst || !firstSaid ? undefined : byId('log').children[lines.indexOf(firstSaid)])
}

/** The quick replies of what was said since the person last wrote. */
function drawChoices(lines) {
  const lastIn = lines.findLastIndex(({ direction }) => direction === 'in')
  const choices = lines.slice(lastIn + 1).findLast((line) => line.choices.length > 0)?.choices ?? []
  const buttons = choices.map((choice) => {
    const button = make('button', { type: 'button' }, [choice])
    button.addEventListener('click', () => sendChoice(choice))
    return button
  })
  byId('choices').replaceChildren(...buttons)
  byId('choices').hidden = choices.length === 0
}

/** To the end; but a long message is shown from where it begins. */
function scrollRoom(firstNew) {
  const end = endOf(byId('scroll'))
  byId('scroll').scrollTop = firstNew ? Math.min(end, firstNew.offsetTop - 16) : end
}

function endOf(box) {
  return box.scrollHeight - box.clientHeight
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────

function onKey(event) {
  // While an input method composes a letter Enter belongs to it; on a phone Enter is the only way to a new line.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229 || isTouch) return
  event.preventDefault()
  sendText()
}

function onInput() {
  grow()
  keepDraft()
}

async function sendText() {
  const text = byId('text').value
  if (text.trim() === '') return byId('text').focus()
  const room = person
  const isSent = await post(text)
  if (!isSent) return
  if (room !== person) return sessionStorage.removeItem(`thuky.draft.${room}`)
  // What was typed on while it was under way stays.
  const typed = byId('text').value
  byId('text').value = typed.startsWith(text) ? typed.slice(text.length) : typed
  onInput()
}

/** Words that did not go through are put into the box, where the person can see and send them. */
async function sendChoice(choice) {
  const room = person
  const isSent = await post(choice)
  if (isSent || room !== person || byId('text').value !== '') return
  byId('text').value = choice
  onInput()
}

/** What was typed stays in the box until the server has it. */
async function post(text) {
  if (isSending) return false
  const room = person
  if (tries.get(room)?.text !== text) tries.set(room, { text, id: makeId() })
  busy(true)
  try {
    const response = await fetch(`/api/rooms/${room}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: tries.get(room).id, text }),
      signal: AbortSignal.timeout(20_000),
    })
    if (!response.ok) throw new Error('refused', { cause: await readSay(response) })
  } catch (refusal) {
    if (room === person) problem(refusal.cause ?? words['web.notSent'])
    return false
  } finally {
    busy(false)
  }
  tries.delete(room)
  if (room !== person) return true
  problem()
  showSent()
  return true
}

async function showSent() {
  if (!isTouch) byId('text').focus()
  try {
    await readRoom()
    waitFor(shown.at(-1)?.direction === 'in')
  } catch {
    // The message is kept; the next event reads it back.
    notify(words['web.reconnecting'])
  }
}

function makeId() {
  // Absent on a plain http:// address other than localhost.
  if (crypto.randomUUID) return crypto.randomUUID()
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

function busy(isBusy) {
  isSending = isBusy
  byId('send').textContent = words[isBusy ? 'web.sending' : 'web.send']
  for (const button of document.querySelectorAll('#send, #choices button'))
    button.setAttribute('aria-disabled', String(isBusy))
}

function waitFor(isWaiting) {
  clearTimeout(waitTimer)
  byId('waiting').hidden = !isWaiting
  if (isWaiting) waitTimer = setTimeout(() => waitFor(false), 20_000)
}

function keepDraft() {
  if (person) sessionStorage.setItem(`thuky.draft.${person}`, byId('text').value)
}

function grow() {
  const box = byId('text')
  box.style.height = 'auto'
  box.style.height = `${Math.min(box.scrollHeight + 4, innerHeight * 0.4)}px`
}

function problem(sentence) {
  byId('problem').textContent = sentence ?? ''
  byId('problem').hidden = !sentence
}

/** A calm line at the top; without a sentence it goes, and says so where a connection came back. */
function notify(sentence) {
  const notice = byId('notice')
  clearTimeout(noticeTimer)
  if (sentence) {
    if (notice.textContent !== sentence) notice.textContent = sentence
    notice.className = 'notice'
    notice.hidden = false
  } else if (notice.textContent === words['web.reconnecting']) {
    notice.textContent = words['web.reconnected']
    notice.className = 'notice good'
    noticeTimer = setTimeout(notify, 4_000)
  } else {
    notice.textContent = ''
    notice.hidden = true
  }
}

/** "o34" and "34" are one message. */
function bare(id) {
  return id.replace(/^o/, '')
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
