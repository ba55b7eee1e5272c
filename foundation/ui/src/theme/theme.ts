// Our own theme of Mantine: neutral greys, one accent, 13 and 14 px, a grid of 4 px, hairlines.
import {
  Anchor,
  Button,
  createTheme,
  Input,
  type MantineColorsTuple,
  type MantineThemeOverride,
  Menu,
  Modal,
  Paper,
  Popover,
  Tabs,
} from '@mantine/core'
import classes from './controls.module.css'

const indigo: MantineColorsTuple = [
  ...(['#eef0ff', '#dfe2fd', '#c3c8f8', '#a2a9f2', '#868fec'] as const),
  ...(['#6d76e6', '#5a63db', '#4b53c4', '#3f46a6', '#333985'] as const),
]

const gray: MantineColorsTuple = [
  ...(['#fafafb', '#f4f4f6', '#e9e9ed', '#dcdce2', '#c7c7cf'] as const),
  ...(['#9a9aa5', '#6b6b76', '#52525b', '#3a3a41', '#212126'] as const),
]

const dark: MantineColorsTuple = [
  ...(['#e8e8eb', '#c6c6cc', '#a0a0aa', '#74747f', '#3b3b43'] as const),
  ...(['#2a2a30', '#1e1e22', '#151518', '#101013', '#0b0b0d'] as const),
]

const red: MantineColorsTuple = [
  ...(['#fdecec', '#fad7d8', '#f3afb2', '#ec858a', '#e5636a'] as const),
  ...(['#dd4750', '#cb3540', '#ad2a34', '#8d232b', '#6f1d23'] as const),
]

const text =
  "'Pretendard Variable', Pretendard, -apple-system, 'Apple SD Gothic Neo', 'Segoe UI', 'Noto Sans KR', sans-serif"
const values =
  "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, 'D2Coding', Menlo, Consolas, 'Pretendard Variable', monospace"

/** How Steward looks. */
export function makeTheme(): MantineThemeOverride {
  return createTheme({
    colors: { indigo, gray, dark, red },
    primaryColor: 'indigo',
    primaryShade: { light: 6, dark: 5 },
    white: '#ffffff',
    black: '#1b1b1f',
    autoContrast: true,
    fontFamily: text,
    fontFamilyMonospace: values,
    fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
    lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
    spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
    radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    headings: {
      fontFamily: text,
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '20px', lineHeight: '28px' },
        h2: { fontSize: '15px', lineHeight: '22px' },
        h3: { fontSize: '14px', lineHeight: '20px' },
        h4: { fontSize: '13px', lineHeight: '20px' },
      },
    },
    components: makeComponents(),
  })
}

function makeComponents(): NonNullable<MantineThemeOverride['components']> {
  const floating = { shadow: 'none', transitionProps: { duration: 80 } }
  return {
    Button: Button.extend({ classNames: { root: classes.button as string } }),
    Input: Input.extend({ classNames: { wrapper: classes.wrapper as string, input: classes.input as string } }),
    InputWrapper: Input.Wrapper.extend({
      classNames: {
        label: classes.label as string,
        description: classes.description as string,
        error: classes.error as string,
      },
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover' }, classNames: { root: classes.anchor as string } }),
    Menu: Menu.extend({ defaultProps: floating, classNames: { dropdown: classes.floating as string } }),
    Popover: Popover.extend({ defaultProps: floating, classNames: { dropdown: classes.floating as string } }),
    Modal: Modal.extend({
      defaultProps: { overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 100 }, shadow: 'none' },
      classNames: { content: classes.modal as string, title: classes.modalTitle as string },
    }),
    Paper: Paper.extend({
      defaultProps: { withBorder: true, shadow: 'none' },
      classNames: { root: classes.paper as string },
    }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
  }
}
