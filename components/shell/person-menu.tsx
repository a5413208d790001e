'use client'

import { Keyboard, LogOut, UserRound } from 'lucide-react'
import { useOptimistic, useTransition } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'
import { Menu, MenuChoice, MenuItem, MenuLink, MenuRule } from '#components/ui/menu.tsx'
import { railLabel, railRow } from './rail-class.ts'
import { type Theme, useShell } from './shell-context.tsx'

const themes = [
  { value: 'system', label: 'As this device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies { value: Theme; label: string }[]

/** You, at the foot of the rail: account, theme, keys, sign out. */
export function PersonMenu() {
  const { person, theme, chooseTheme, openKeys, signOut } = useShell()
  const [shown, show] = useOptimistic(theme)
  const [, start] = useTransition()

  function choose(next: Theme) {
    if (next === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    start(async () => {
      show(next)
      await chooseTheme(next)
    })
  }

  return (
    <Menu
      side="top"
      className="w-[232px]"
      trigger={
        <button type="button" title={person.name} className={railRow}>
          <Avatar name={person.name} size="sm" className="-mx-0.5" />
          <span className={railLabel}>{person.name}</span>
        </button>
      }
    >
      <div className="px-3 pt-1.5 pb-2">
        <p className="truncate font-bold">{person.name}</p>
        <p className="truncate text-xs text-ink-3">{person.email}</p>
      </div>
      <MenuRule />
      <MenuLink href="/account" icon={<UserRound aria-hidden />}>
        Your account
      </MenuLink>
      <MenuItem icon={<Keyboard aria-hidden />} onSelect={openKeys}>
        Keys
      </MenuItem>
      <MenuRule />
      <MenuChoice label="Light or dark" value={shown} options={themes} onValueChange={choose} />
      <MenuRule />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => start(async () => void (await signOut()))}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
