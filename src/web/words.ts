/**
 * What the pages may say, by key, with the places each sentence may use. The sentences stand in
 * prompts/texts.yaml.
 */
export const WEB_WORDS = {
  'web.title': [],
  'web.closed': [],
  'web.wrongHost': [],
  'web.wrongOrigin': [],
  'web.notFound': [],
  'web.wrongMethod': [],
  'web.unknownPerson': [],
  'web.badRequest': [],
  'web.tooLong': [],
  'web.notStored': [],
  'web.fault': ['number'],

  'web.noScript': [],
  'web.skipToChat': [],
  'web.views': [],
  'web.tabPeople': [],
  'web.tabChat': [],
  'web.tabBoard': [],
  'web.people': [],
  'web.peopleHint': [],
  'web.choosePerson': [],
  'web.progress': ['done', 'total'],
  'web.noItems': [],
  'web.unread': [],

  'web.chatWith': ['name'],
  'web.noMessages': [],
  'web.fromYou': [],
  'web.fromBot': [],
  'web.via': ['channel'],
  'web.waiting': [],
  'web.quickReplies': [],
  'web.download': [],
  'web.yourMessage': [],
  'web.placeholder': [],
  'web.keysHint': [],
  'web.send': [],
  'web.sending': [],
  'web.notSent': [],
  'web.reconnecting': [],
  'web.reconnected': [],
  'web.loading': [],

  'web.board': [],
  'web.noBoard': [],
  'web.deadline': ['deadline'],
  'web.byPerson': [],
  'web.bySection': [],
  'web.owner': ['owner'],
  'web.stateOpen': [],
  'web.stateAnswered': [],
  'web.statePending': [],

  'web.fileReady': ['name'],
  'web.fileHint': [],
  'web.fileSend': [],
  'web.fileLabel': [],
  'web.fileTaken': [],
  'web.fileUpload': [],
  'web.fileStored': ['name'],
  'web.fileNotStored': ['name'],
  'web.fileNone': [],
  'web.fileTooLarge': [],
  'web.fileGone': [],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type WebWord = keyof typeof WEB_WORDS
export type WebWords = Readonly<Record<WebWord, string>>

/** A sentence that is missing stops the start. */
export function readWords(words: Readonly<Record<string, string>>): WebWords {
  const missing = Object.keys(WEB_WORDS).filter((key) => !words[key])
  if (missing.length > 0) throw new Error(`words missing for the pages: ${missing.join(', ')}`)
  return words as WebWords
}
