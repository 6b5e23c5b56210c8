import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CHAT, type Office, openOffice, QUICK } from './office.ts'

const GROUP = -4_001
const BOT = '4711'

let office: Office

beforeEach(async () => {
  office = await openOffice()
  await office.start()
})
afterEach(() => office.close())

/** A group message with the person who wrote it. */
function inGroup(text: string, more: Readonly<Record<string, unknown>> = {}) {
  return office.fake.write(GROUP, text, { from: CHAT, ...more }).dealt
}

async function handedIn(...writing: readonly Promise<unknown>[]) {
  await Promise.all(writing)
  return office.updates
}

test('a message is known by the bot, the chat and its number in it', async () => {
  const { messageId, dealt } = office.fake.write(CHAT, '228')
  expect(await handedIn(dealt)).toEqual([
    { id: `${BOT}:${CHAT}:${messageId}`, chat: String(CHAT), text: '228', files: [] },
  ])
})

test('text arrives composed however the telephone wrote it', async () => {
  const { dealt } = office.fake.write(CHAT, 'đã xong: tiến độ'.normalize('NFD'))
  expect((await handedIn(dealt))[0]?.text).toBe('đã xong: tiến độ'.normalize('NFC'))
})

test('a code is handed in by the link that is made for it', async () => {
  await handedIn(office.fake.write(CHAT, 'xin chào').dealt)
  expect(office.channel.inviteLink?.('AB23CD')).toBe(`https://t.me/${office.fake.username}?start=AB23CD`)
})

test('a deep link arrives as it was sent', async () => {
  expect((await handedIn(office.fake.write(CHAT, '/start AB23CD').dealt))[0]?.text).toBe('/start AB23CD')
})

test('each new wording is an update of its own that names the message it rewords', async () => {
  const first = office.fake.write(CHAT, '228')
  await first.dealt
  const once = office.fake.edit(first.messageId, '229')
  await once.dealt
  const twice = office.fake.edit(first.messageId, '230')
  await twice.dealt
  const edits = `${BOT}:${CHAT}:${first.messageId}`
  expect(office.updates).toMatchObject([
    { id: edits, text: '228' },
    { id: `${edits}:${once.updateId}`, text: '229', edits },
    { id: `${edits}:${twice.updateId}`, text: '230', edits },
  ])
  expect(office.updates[0]).not.toHaveProperty('edits')
})

test('a new wording that comes again has the id it had', async () => {
  const first = office.fake.write(CHAT, '228')
  await first.dealt
  const edit = office.fake.edit(first.messageId, '229')
  await edit.dealt
  await office.fake.repeat(edit.updateId)
  expect(office.updates[2]).toEqual(office.updates[1])
})

test('a place that moves along is no new wording', async () => {
  const chat = { id: CHAT, type: 'private' }
  const from = { id: CHAT, is_bot: false }
  const location = { latitude: 21, longitude: 105 }
  await office.fake.update('edited_message', { message_id: 7, chat, from, location }).dealt
  expect(office.updates).toEqual([])
})

test('a press says which choice of which message, and is answered with its label', async () => {
  await office.channel.send(String(CHAT), { id: '34', text: 'Có đúng không?', choices: ['Đúng', 'Không'] })
  const [shown] = office.fake.shown(CHAT)
  const { dealt } = office.fake.press(shown?.messageId ?? 0, 1)
  const [update] = await handedIn(dealt)
  expect(update).toEqual({
    id: expect.stringMatching(/^4711:q\d+$/),
    chat: String(CHAT),
    text: '',
    files: [],
    pressed: { messageId: '34', choice: 1 },
  })
  await vi.waitFor(() => expect(office.fake.answered).toMatchObject([{ text: 'Không' }]))
})

test('a press is answered only after it was stored, and nothing waits for the answer', async () => {
  await office.channel.send(String(CHAT), { id: '34', text: 'Có đúng không?', choices: ['Đúng'] })
  let countThen = -1
  office.answer(async () => {
    await sleep(50)
    countThen = office.fake.count('answerCallbackQuery')
    return { isStored: true }
  })
  office.fake.fault('answerCallbackQuery', 'hang')
  const began = performance.now()
  const { dealt } = office.fake.press(office.fake.shown(CHAT)[0]?.messageId ?? 0, 0)
  expect(await dealt).toBe('taken')
  expect(performance.now() - began).toBeLessThan(QUICK.callMs - 200)
  expect(countThen).toBe(0)
  await vi.waitFor(() => expect(office.fake.count('answerCallbackQuery')).toBe(1))
})

test('a press that was not stored is not answered', async () => {
  await office.channel.send(String(CHAT), { id: '34', text: 'Có đúng không?', choices: ['Đúng'] })
  office.answer(async () => ({ isStored: false }))
  expect(await office.fake.press(office.fake.shown(CHAT)[0]?.messageId ?? 0, 0).dealt).toBe('refused')
  expect(office.fake.count('answerCallbackQuery')).toBe(0)
})

test('a press of what is no choice of ours is answered and not handed in', async () => {
  await office.channel.send(String(CHAT), { id: '34', text: 'Có đúng không?', choices: ['Đúng'] })
  const { messageId } = office.fake.shown(CHAT)[0] ?? { messageId: 0 }
  for (const data of ['34', '34:x', '34:-1', ':1', '34:1:1', '34:1e2', `${'3'.repeat(21)}:1`]) {
    await office.fake.press(messageId, 0, { data }).dealt
  }
  expect(office.updates).toEqual([])
  await vi.waitFor(() => expect(office.fake.answered).toHaveLength(7))
})

test('a document comes with its name, its size and the way to its bytes', async () => {
  const bytes = Buffer.from('228; 225; 225; 3')
  const { dealt } = office.fake.sendFile(CHAT, {
    bytes,
    name: 'Số liệu quý I.txt'.normalize('NFD'),
    caption: 'của Một cửa',
  })
  expect(await handedIn(dealt)).toMatchObject([
    {
      text: 'của Một cửa',
      files: [{ name: 'Số liệu quý I.txt'.normalize('NFC'), size: bytes.length, ref: expect.any(String) }],
    },
  ])
})

test('a document without a name gets one from its type', async () => {
  const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  await office.fake.sendFile(CHAT, { bytes: Buffer.from('PK'), mime: docx }).dealt
  await office.fake.sendFile(CHAT, { bytes: Buffer.from('?') }).dealt
  expect(office.updates.map(({ files }) => files[0]?.name)).toEqual(['tep.docx', 'tep'])
})

test.each([
  [
    'anh.jpg',
    90_000,
    {
      photo: [
        { file_id: 'a', file_size: 900 },
        { file_id: 'b', file_size: 90_000 },
      ],
    },
  ],
  ['ghi-am.ogg', 800, { voice: { file_id: 'a', file_size: 800 } }],
  ['nhan-dan.webp', 0, { sticker: { file_id: 'a' } }],
  ['anh-dong.mp4', 70, { animation: { file_id: 'a', file_size: 70 }, document: { file_id: 'a' } }],
  ['vi-tri', 0, { location: { latitude: 21, longitude: 105 } }],
])('what is no document comes as %s without a way to it', async (name, size, more) => {
  const chat = { id: CHAT, type: 'private' }
  const message = { message_id: 7, date: 0, chat, from: { id: CHAT, is_bot: false }, ...more }
  const updates = await handedIn(office.fake.update('message', message).dealt)
  expect(updates).toMatchObject([{ text: '', files: [{ name, size }] }])
  expect(updates[0]?.files[0]).not.toHaveProperty('ref')
})

test('a picture with words under it brings both', async () => {
  const more = { text: undefined, caption: 'ảnh bảng số liệu', photo: [{ file_id: 'a', file_size: 9 }] }
  expect(await handedIn(office.fake.write(CHAT, '', more).dealt)).toMatchObject([
    { text: 'ảnh bảng số liệu', files: [{ name: 'anh.jpg' }] },
  ])
})

test('in a group the chat is the group and the person is told beside it', async () => {
  expect(await handedIn(inGroup('/tiendo'))).toMatchObject([
    { chat: String(GROUP), sender: String(CHAT), text: '/tiendo', files: [] },
  ])
})

test.each([
  ['/tiendo', '/tiendo'],
  ['/tiendo@thuky_bot', '/tiendo'],
  ['/tiendo@THUKY_bot quy1', '/tiendo quy1'],
  ['@thuky_bot tiến độ', 'tiến độ'],
  ['cho xem tiến độ @thuky_bot', 'cho xem tiến độ'],
  ['😀 @Thuky_Bot tiến độ'.normalize('NFD'), '😀  tiến độ'],
])('in a group %j is for us and reads %j', async (text, read) => {
  expect((await handedIn(inGroup(text))).map((update) => update.text)).toEqual([read])
})

test.each([
  'tiến độ thế nào?',
  '/tiendo@other_bot',
  '@other_bot tiến độ',
  '@thuky_bot2 tiến độ',
  'xem /tiendo nhé',
  '@thuky_bot',
])('in a group %j is not for us', async (text) => {
  expect(await handedIn(inGroup(text))).toEqual([])
})

test('in a group an answer to a message of ours is for us, an answer to another is not', async () => {
  const to = (id: number) => ({ reply_to_message: { message_id: 1, from: { id, is_bot: id === 4711 } } })
  await handedIn(inGroup('tiến độ', to(4711)), inGroup('vâng', to(77)))
  expect(office.updates.map(({ text }) => text)).toEqual(['tiến độ'])
})

test('in a group words under a file count as words', async () => {
  const file = { bytes: Buffer.from('1'), name: 'a.txt' }
  await office.fake.sendFile(GROUP, { ...file, caption: '@thuky_bot đây' }, { from: CHAT }).dealt
  await office.fake.sendFile(GROUP, { ...file, caption: 'đây' }, { from: CHAT }).dealt
  expect(office.updates).toMatchObject([{ text: 'đây', files: [{ name: 'a.txt' }] }])
})

test('a press in a group says who pressed', async () => {
  office.fake.open(GROUP)
  await office.channel.send(String(GROUP), { id: '35', text: 'Xem gì?', choices: ['Tiến độ'] })
  const { messageId } = office.fake.shown(GROUP)[0] ?? { messageId: 0 }
  expect(await handedIn(office.fake.press(messageId, 0, { from: 77 }).dealt)).toMatchObject([
    { chat: String(GROUP), sender: '77', pressed: { messageId: '35', choice: 0 } },
  ])
})

test('bots, channels and those who speak as a chat are not heard', async () => {
  const bot = { from: { id: 9, is_bot: true } } as never
  const channel = { id: -100_5, type: 'channel' }
  await handedIn(
    office.fake.write(CHAT, '/tiendo', bot).dealt,
    inGroup('/tiendo', { sender_chat: channel }),
    office.fake.update('message', {
      message_id: 3,
      chat: channel,
      from: { id: 5, is_bot: false },
      text: '/tiendo',
    }).dealt,
    office.fake.update('message', { message_id: 4, chat: { id: CHAT, type: 'private' }, text: '228' }).dealt,
  )
  expect(office.updates).toEqual([])
})

test("one's own card tells the number, digits only", async () => {
  const contact = { phone_number: '+84 912-345-678', user_id: CHAT, first_name: 'Lan' }
  const updates = await handedIn(office.fake.write(CHAT, '', { text: undefined, contact }).dealt)
  expect(updates).toMatchObject([{ text: '', files: [], phone: '84912345678' }])
})

test("another's card tells no number, nor does a card in a group", async () => {
  const another = { phone_number: '84912345678', user_id: 5, first_name: 'Lan' }
  const nobody = { phone_number: '84912345678', first_name: 'Lan' }
  const own = { phone_number: '84912345678', user_id: CHAT, first_name: 'Lan' }
  const reply = { reply_to_message: { message_id: 1, from: { id: 4711, is_bot: true } } }
  await handedIn(
    office.fake.write(CHAT, '', { text: undefined, contact: another }).dealt,
    office.fake.write(CHAT, '', { text: undefined, contact: nobody }).dealt,
    inGroup('', { text: undefined, contact: own, ...reply }),
  )
  expect(office.updates.map(({ text, phone, files }) => [text, phone, files[0]?.name])).toEqual(
    Array.from({ length: 3 }, () => ['', undefined, 'danh-thiep.vcf']),
  )
})

test('who blocks the bot closes the chat; who lets it in again does not', async () => {
  await office.fake.block(CHAT).dealt
  await office.fake.unblock(CHAT).dealt
  expect(office.notices).toEqual([{ type: 'closed', chat: String(CHAT), reason: 'blocked' }])
})

test('being put out of a group closes nobody’s chat', async () => {
  await office.fake.block(GROUP).dealt
  expect(office.notices).toEqual([])
})

test('a group that becomes another is told, and written to under its new number', async () => {
  office.fake.open(GROUP)
  const to = office.fake.migrate(GROUP)
  await vi.waitFor(() => expect(office.fake.waiting).toBe(0))
  expect(office.notices).toEqual([{ type: 'moved', chat: String(GROUP), to: String(to) }])
  expect(office.updates).toEqual([])
  await office.channel.send(String(GROUP), { id: '1', text: 'Kính gửi', choices: [] })
  expect(office.fake.shown(to)).toHaveLength(1)
  expect(office.fake.count('sendMessage')).toBe(1)
})

test('people who come and go in silence are not heard', async () => {
  const said = { text: undefined, new_chat_members: [{ id: 4711, is_bot: true }] }
  expect(await handedIn(office.fake.write(CHAT, '', said).dealt)).toEqual([])
})

test('an update of an unknown form is passed over, told in the log and does not hold up what follows', async () => {
  const strange = office.fake.update('message', { message_id: 'nine', chat: null, text: '228' }, CHAT)
  const { dealt } = office.fake.write(CHAT, '229')
  expect(await strange.dealt).toBe('taken')
  expect((await handedIn(dealt)).map(({ text }) => text)).toEqual(['229'])
  expect(office.log.join()).toContain('unknown form')
  expect(office.log.join()).not.toContain('228')
})
