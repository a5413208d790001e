'use client'

import { LogOut, UserRound } from 'lucide-react'
import { useTransition } from 'react'
import { Menu, MenuItem, MenuLink, MenuRule } from '#components/ui/menu.tsx'

type PortalPersonMenuProps = { person: { name: string; email: string }; signOut: () => Promise<unknown> }

export function PortalPersonMenu({ person, signOut }: PortalPersonMenuProps) {
  const [, start] = useTransition()
  return (
    <Menu
      align="end"
      className="w-[250px] text-sm"
      trigger={
        <button
          type="button"
          aria-label={`You: ${person.name}`}
          className="-my-2 -mr-2.5 grid size-11 shrink-0 place-items-center rounded-2 outline-current!"
        >
          <UserRound aria-hidden className="size-5" />
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
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => start(async () => void (await signOut()))}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
