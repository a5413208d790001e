'use client'

import { Toast } from '@base-ui/react/toast'
import { clsx } from 'clsx'
import { Check, TriangleAlert, X } from 'lucide-react'
import { toastManager } from './toast.ts'

/** Shows what `toast` says. Once a page, in the root layout; F6 goes to it. */
export function Toaster() {
  return (
    <Toast.Provider toastManager={toastManager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-[calc(70px+env(safe-area-inset-bottom))] z-(--z-toast) flex flex-col-reverse gap-2 md:inset-x-auto md:right-6 md:bottom-6 md:w-[440px]">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts, close } = Toast.useToastManager<{ action?: { label: string; run: () => void } }>()
  return toasts.map((item) => {
    const refused = item.type === 'refused'
    const action = item.data?.action
    const button = clsx(
      'h-[26px] shrink-0 rounded-2 border px-2 text-xs font-mid pointer-coarse:h-11 pointer-coarse:px-3',
      refused ? 'border-rule-2 bg-sheet' : 'border-[color-mix(in_oklch,var(--paper)_45%,transparent)]',
    )
    return (
      <Toast.Root
        key={item.id}
        toast={item}
        swipeDirection={['right', 'down']}
        className={clsx(
          'rounded-2 border shadow-2 transition-[opacity,transform] duration-(--dur-2) ease-out data-limited:hidden',
          'translate-x-(--toast-swipe-movement-x) data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0',
          refused ? 'border-stop bg-raised text-ink' : 'border-ink bg-ink text-paper',
        )}
      >
        <Toast.Content className="flex min-h-11 items-center gap-2.5 px-3 py-2">
          {refused ? <TriangleAlert aria-hidden className="text-stop" /> : <Check aria-hidden />}
          <Toast.Title render={<p />} className="min-w-0 flex-1" />
          {action && (
            <button
              type="button"
              className={button}
              onClick={() => {
                action.run()
                close(item.id)
              }}
            >
              {action.label}
            </button>
          )}
          <Toast.Close
            aria-label="Close"
            className="grid size-7 shrink-0 place-items-center rounded-2 pointer-coarse:size-11"
          >
            <X aria-hidden />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    )
  })
}
