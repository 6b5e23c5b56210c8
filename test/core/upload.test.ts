import { describe, expect, it } from 'vitest'
import { step } from '../../src/core/step.ts'
import { type HandedFile, NEW_TALK, type Talk, type World } from '../../src/core/talk.ts'
import { faultsIn } from './spoken.ts'
import { keysOf, recordsOf, saysOf, world } from './ward.ts'

const HERE: Partial<World> = {}
const LINKED: Partial<World> = { takesFiles: false, canLink: true }
const NOWHERE: Partial<World> = { takesFiles: false }
const asked: Talk = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.1', 'I.2'] }

function say(text: string, where: Partial<World>, files: readonly HandedFile[] = [], me = 'ban') {
  return step(asked, { type: 'message', text, files }, { ...world(me), ...where })
}

const linksOf = ({ effects }: ReturnType<typeof say>) =>
  effects.flatMap((effect) => (effect.type === 'say' ? [effect.link] : []))

describe('“gửi tệp”', () => {
  it.each(['gửi tệp', 'GUI TEP', '/guitep', 'Gửi tệp ạ.', 'gửi file'])(
    '“%s” tells how a file gets here, and records nothing',
    (text) => {
      expect([keysOf(say(text, HERE))[0], linksOf(say(text, HERE))]).toEqual(['upload.here', [undefined]])
      expect([keysOf(say(text, LINKED))[0], linksOf(say(text, LINKED))]).toEqual(['upload.link', ['upload']])
      expect([keysOf(say(text, NOWHERE))[0], linksOf(say(text, NOWHERE))]).toEqual([
        'upload.nowhere',
        [undefined],
      ])
      for (const where of [HERE, LINKED, NOWHERE]) {
        expect(recordsOf(say(text, where))).toEqual([])
        expect(say(text, where).talk.shown).toEqual(['I.1', 'I.2'])
        expect(faultsIn(say(text, where), 'ban', text)).toEqual([])
      }
    },
  )

  it('names the coordinator to everybody but the coordinator', () => {
    expect(saysOf(say('gửi tệp', NOWHERE))[0]).toEqual({
      key: 'upload.nowhere',
      values: { person: 'Lê Mối' },
    })
    expect(keysOf(say('gửi tệp', NOWHERE, [], 'dau-moi'))[0]).toBe('upload.elsewhere')
  })

  it('with a file is a word that goes with it', () => {
    const one = say('Gửi tệp', HERE, [{ name: 'a.csv', text: '31; 0' }])
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.1', 'I.2'])
    expect(keysOf(one).slice(0, 2)).toEqual(['sent.read', 'echo.recorded'])
  })
})

describe('a file where none can come', () => {
  const stopped: HandedFile = { name: 'bang.xlsx', why: 'gone' }

  it('is answered like “gửi tệp”, once however many there are', () => {
    const one = say('', LINKED, [stopped, { name: 'khac.docx' }])
    expect(keysOf(one)).toEqual(['upload.link', 'footer'])
    expect(linksOf(one)).toEqual(['upload'])
    expect(keysOf(say('', NOWHERE, [stopped]))).toEqual(['upload.nowhere', 'footer'])
    expect(one.talk.shown).toEqual(['I.1', 'I.2'])
  })

  it('does not keep what was typed with it from being taken', () => {
    const one = say('31; 0', LINKED, [stopped])
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.1', 'I.2'])
    expect(keysOf(one).slice(0, 2)).toEqual(['upload.link', 'echo.recorded'])
    expect(linksOf(one)).toEqual(['upload'])
  })

  it('that came by the link is read, and told what is wrong with it', () => {
    expect(recordsOf(say('', LINKED, [{ name: 'a.csv', text: '31; 0' }]))).toHaveLength(2)
    expect(keysOf(say('', LINKED, [{ name: 'anh.png', why: 'type' }]))[0]).toBe('sent.type')
  })

  it('is told to be lost where files can come', () => {
    expect(keysOf(say('', HERE, [stopped]))[0]).toBe('sent.gone')
  })
})
