// Chooses one of the roles that the person may give.
import { Select } from '@mantine/core'
import { useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { accessWords } from './access-words.ts'
import { useAccess } from './use-deed.ts'

/** A role, by name; what may not be given is not offered. */
export function RoleSelect({ value, onChange }: { value: string | null; onChange: (role: string | null) => void }) {
  const words = useWords(accessWords)
  const access = useAccess()
  const { data } = useQuery({
    queryKey: ['access', 'roles'],
    queryFn: ({ signal }) => access.listRoles({}, { signal }),
  })
  return (
    <Select
      label={words.role}
      data={data?.map(({ name }) => name) ?? []}
      value={value}
      onChange={onChange}
      allowDeselect={false}
      required
    />
  )
}
