// Who looks, and what they can do about themselves.
import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core'
import { useSteward, useWords } from '@steward/ui'
import { IconLogout, IconUserCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { initialsOf } from './initials.ts'
import { shellWords } from './shell-words.ts'

/** The button with the person's initials. */
export function PersonMenu() {
  const words = useWords(shellWords)
  const { whoami, signOut } = useSteward()
  const name = whoami.actor.name || whoami.actor.id
  return (
    <Menu position="bottom-end" width={220} withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={words.person({ name })} title={name}>
          <Avatar size={30} radius="xl" color="gray" variant="light" aria-hidden>
            {initialsOf(name)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {name}
          </Text>
          <Text size="xs">{words.asRole({ role: whoami.role })}</Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} stroke={1.6} aria-hidden />}>
          {words.account}
        </Menu.Item>
        {whoami.isSignedIn && (
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />} onClick={() => void signOut()}>
            {words.signOut}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
