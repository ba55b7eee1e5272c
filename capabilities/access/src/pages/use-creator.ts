// Who made something, by the name that colleagues know: it is kept as `staff <id>`.
import { useSteward } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { useAccess } from './use-deed.ts'

/** Says who made something: the name of a person, and what is kept where that is nobody of these people. */
export function useCreator(): (createdBy: string) => string {
  const access = useAccess()
  const { may } = useSteward()
  const { data } = useQuery({
    queryKey: ['access', 'people', true],
    queryFn: ({ signal }) => access.listPeople({ all: true }, { signal }),
    enabled: may('access:list-people'),
  })
  return (createdBy) => data?.find(({ id }) => createdBy === `staff ${id}`)?.name ?? createdBy
}
