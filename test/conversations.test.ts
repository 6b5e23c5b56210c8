import { checkDialogues } from './dialogues.check.ts'
import { WAYS } from './dialogues.ts'

await checkDialogues(WAYS.filter(({ hasAccents }) => hasAccents))
