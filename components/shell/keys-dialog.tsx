'use client'

import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Kbd } from '#components/ui/kbd.tsx'

const KEYS: readonly { where: string; keys: readonly (readonly [string[], string])[] }[] = [
  {
    where: 'Everywhere',
    keys: [
      [['Ctrl', 'K'], 'Search or jump to'],
      [['/'], 'Filter this page'],
      [['N'], 'New post'],
      [['B'], 'Switch brand'],
      [['?'], 'These keys'],
      [['F6'], 'Go to the last message'],
    ],
  },
  {
    where: 'Calendar',
    keys: [
      [['←', '→', '↑', '↓'], 'Day by day'],
      [['Home'], 'First day of the week'],
      [['End'], 'Last day of the week'],
      [['Page Up'], 'Month before'],
      [['Page Down'], 'Month after'],
      [['Enter'], 'Into the day, then open the post'],
      [['Esc'], 'Back to the day'],
    ],
  },
  {
    where: 'A piece beside the page',
    keys: [
      [['J'], 'Next'],
      [['K'], 'One before'],
      [['Esc'], 'Close'],
    ],
  },
]

/** Every key of the desk, by where it works. */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      wide
      footer={<Button onClick={() => onOpenChange(false)}>Close</Button>}
    >
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        {KEYS.map(({ where, keys }) => (
          <section key={where}>
            <h3 className="head-3 border-b border-rule-2 pb-1">{where}</h3>
            <dl>
              {keys.map(([press, what]) => (
                <div key={what} className="flex items-center gap-3 border-b border-rule py-1.5">
                  <dt className="order-2 ml-auto flex gap-1">
                    {press.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
