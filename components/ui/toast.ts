import { Toast } from '@base-ui/react/toast'

/** One manager for the whole page, so that an action's answer can be shown from anywhere in the browser. */
export const toastManager = Toast.createToastManager<ToastFacts>()

type ToastFacts = { action?: { label: string; run: () => void } }

const DONE_MS = 8_000

type Done = { undo?: () => void; action?: { label: string; run: () => void } }

export const toast = {
  /** A result, for 8 seconds (longer while the pointer or focus rests on it), with Undo where there is one. */
  done(sentence: string, { undo, action }: Done = {}) {
    const button = undo ? { label: 'Undo', run: undo } : action
    return toastManager.add({
      title: sentence,
      type: 'done',
      timeout: DONE_MS,
      data: button ? { action: button } : {},
    })
  },
  /** A refusal: stays until it is closed, and carries the remedy where one exists. */
  refused(sentence: string, { action }: Pick<Done, 'action'> = {}) {
    return toastManager.add({
      title: sentence,
      type: 'refused',
      timeout: 0,
      priority: 'high',
      data: action ? { action } : {},
    })
  },
}
