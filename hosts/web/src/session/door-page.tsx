// A page before the door: one card in the middle, with the language to choose.
import { Box, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '../shell/language-switch.tsx'
import { SchemeSwitch } from '../shell/scheme-switch.tsx'
import { SkipTarget } from '../shell/skip-link.tsx'
import styles from './door-page.module.css'

/** A card with a title. */
export function DoorPage({ title, detail, children }: { title: ReactNode; detail?: ReactNode; children: ReactNode }) {
  return (
    <Box className={styles['page']}>
      <Group className={styles['corner']} gap={4}>
        <LanguageSwitch />
        <SchemeSwitch />
      </Group>
      <SkipTarget className={styles['main']}>
        <Paper withBorder p="xl" radius="md" className={styles['card']}>
          <Stack gap="lg">
            <Stack gap={4}>
              <Title order={1} tabIndex={-1}>
                {title}
              </Title>
              {detail !== undefined && (
                <Text size="sm" c="dimmed">
                  {detail}
                </Text>
              )}
            </Stack>
            {children}
          </Stack>
        </Paper>
      </SkipTarget>
    </Box>
  )
}
