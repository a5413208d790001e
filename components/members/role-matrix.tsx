import { Check, ChevronRight, Minus } from 'lucide-react'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { RolePermissions } from '#lib/members/queries.ts'
import { isClientRole, type Permission, type Role, roles, roleWords } from '#lib/members/roles.ts'
import { permissionGroups } from './permission-words.ts'

type RoleMatrixProps = { matrix: RolePermissions; myRole: Role }

/** Who may do what, read from the rules themselves: policies and functions ask the same table. */
export function RoleMatrix({ matrix, myRole }: RoleMatrixProps) {
  const holds = (role: Role, needed: Permission[]) =>
    needed.every((permission) => matrix.get(role)?.has(permission))
  return (
    <section className="mt-3">
      <SectionHead title="Who may do what" note="read from the rules themselves; your column is blue" />
      <table className="w-full border-t border-rule-2 text-xs max-md:hidden">
        <thead>
          <tr className="border-b-2 border-ink align-bottom">
            <th scope="col" className="py-2 text-left font-mid">
              May
            </th>
            {roles.map((role) => (
              <th key={role} scope="col" className={columnClass(role, myRole)}>
                {roleWords[role].name}
              </th>
            ))}
          </tr>
        </thead>
        {permissionGroups.map(({ group, rows }) => (
          <tbody key={group}>
            <tr className="border-b border-rule">
              <th
                scope="colgroup"
                colSpan={roles.length + 1}
                className="pt-3 pb-1 text-left font-text text-ink-3"
              >
                {group}
              </th>
            </tr>
            {rows.map(({ may, permissions }) => (
              <tr key={may} className="border-b border-rule">
                <th scope="row" className="py-1.5 text-left font-text text-sm">
                  {may}
                </th>
                {roles.map((role) => (
                  <td key={role} className={columnClass(role, myRole)}>
                    <Answer yes={holds(role, permissions)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <div className="border-t border-rule-2 md:hidden">
        {roles.map((role) => (
          <details key={role} className="group border-b border-rule">
            <summary className="flex min-h-11 items-center gap-2 font-mid">
              <ChevronRight aria-hidden className="size-3.5 group-open:rotate-90" />
              {roleWords[role].name}
            </summary>
            <ul className="grid gap-1 pb-3 pl-[22px] text-ink-2">
              {permissionGroups.flatMap(({ rows }) =>
                rows.filter((row) => holds(role, row.permissions)).map(({ may }) => <li key={may}>{may}</li>),
              )}
            </ul>
          </details>
        ))}
      </div>
      <p className="pt-2 text-xs text-ink-3">
        “Shared” means: versions sent to the client, and the pictures in them. Clients see nothing else.
      </p>
    </section>
  )
}

function columnClass(role: Role, myRole: Role): string {
  const lane = isClientRole(role) ? 'text-client' : ''
  const edge = role === 'client_approver' ? 'border-l border-rule-2' : ''
  return `px-1 text-center align-middle font-mid leading-4 ${lane} ${edge} ${role === myRole ? 'bg-pencil-wash' : ''}`
}

function Answer({ yes }: { yes: boolean }) {
  return (
    <>
      {yes ? (
        <Check aria-hidden className="mx-auto" />
      ) : (
        <Minus aria-hidden className="mx-auto size-3 text-ink-3" />
      )}
      <span className="sr-only">{yes ? 'yes' : 'no'}</span>
    </>
  )
}
