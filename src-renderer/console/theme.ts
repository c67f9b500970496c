import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// Colours: one accent (door), brass for what needs attention, red for what failed or destroys. Shade 8 is the light
// theme's colour, shade 4 the dark theme's; 1 is the light theme's soft background.

const door: MantineColorsTuple = ['#EFF6F5', '#E3EFEE', '#C3DEDB', '#93C7C3', '#5BBDB6', '#2FA39C', '#17857F', '#0F6E6A', '#0B5D5B', '#084846'];
const brass: MantineColorsTuple = ['#FBF6EC', '#F7EEDD', '#EEDBB8', '#E6C789', '#E0B25C', '#CF992F', '#B7791F', '#A66D17', '#8E5B0E', '#6F470A'];
const red: MantineColorsTuple = ['#FDF3F2', '#FBEAE8', '#F6CFCB', '#F0A69F', '#F2877C', '#E0574A', '#CF3A2C', '#C12C1E', '#B42318', '#8F1B12'];
const gray: MantineColorsTuple = ['#FBFAF8', '#F4F2EE', '#EFEDE8', '#E4E2DD', '#D3D0C9', '#8B8E93', '#60646C', '#4A4D54', '#2B2F33', '#1C2024'];
const dark: MantineColorsTuple = ['#ECEDEE', '#C5C9CD', '#9BA1A6', '#7E868C', '#3A3F44', '#2B2F33', '#1B1E21', '#141618', '#101214', '#0C0E0F'];

const dialog = { lockScroll: false, shadow: 'lg', transitionProps: { duration: 120, transition: 'fade' } };
const shade = { color: '#000000', backgroundOpacity: 0.4 };

/** Mantine in Doorline's clothes: `look.css` holds the tokens that our own parts use. */
export const theme = createTheme({
  colors: { door, brass, red, gray, dark },
  primaryColor: 'door',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  white: '#FFFFFF',
  black: '#1C2024',
  fontFamily: '"Inter Variable", system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '17px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.5', xl: '1.5' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  headings: {
    fontFamily: 'inherit',
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '24px', lineHeight: '1.25' },
      h2: { fontSize: '17px', lineHeight: '1.35' },
      h3: { fontSize: '15px', lineHeight: '1.4' },
      h4: { fontSize: '14px', lineHeight: '1.4' },
      h5: { fontSize: '13px', lineHeight: '1.4' },
      h6: { fontSize: '12px', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'none',
    sm: '0 2px 8px rgb(20 24 28 / 6%)',
    md: '0 6px 20px rgb(20 24 28 / 9%)',
    lg: '0 10px 30px rgb(20 24 28 / 10%)',
    xl: '0 16px 48px rgb(20 24 28 / 14%)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    const name = ourColours[input.color ?? 'door'];
    if (name === undefined) return colours;
    // The tokens know a readable pair for each theme; Mantine would choose one for both.
    if (input.variant === 'filled') return { ...colours, color: `var(--on-${name})` };
    if (input.variant === 'light') return { ...colours, background: `var(--${name}-soft)`, hover: `var(--${name}-soft)`, color: `var(--${name})` };
    return colours;
  },
  components: {
    Button: {
      defaultProps: { variant: 'default' },
      vars: (_theme: unknown, props: { size?: string }) => ({ root: buttonSizes[props.size ?? 'sm'] ?? {} }),
      styles: { label: { fontWeight: 500 } },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    Input: { vars: () => ({ wrapper: { '--input-height': '36px', '--input-fz': '14px' } }) },
    InputWrapper: {
      vars: () => ({ label: { '--input-label-size': '14px' }, description: { '--input-description-size': '13px' }, error: { '--input-error-size': '13px' } }),
      defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
      styles: { label: { fontWeight: 500, lineHeight: 1.4, marginBottom: 2 }, description: { lineHeight: 1.4, marginBottom: 6 }, error: { lineHeight: 1.4 } },
    },
    // Our pages scroll inside their own panes, so nothing needs locking; the lock would also need inline style sheets.
    Modal: { defaultProps: { ...dialog, overlayProps: shade, centered: true, closeButtonProps: { 'aria-label': 'Close' } } },
    ModalRoot: { defaultProps: dialog },
    ModalOverlay: { defaultProps: shade },
    ModalContent: { styles: { content: { border: '1px solid var(--line)' } } },
    Drawer: { defaultProps: { ...dialog, overlayProps: shade, closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, transitionProps: { duration: 80 }, events: { hover: true, focus: true, touch: false } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, position: 'bottom-end', withinPortal: true } },
    // Inside the main landmark, so that screen readers find it there; nothing around it clips.
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, portalProps: { target: '#content' } } },
    // The list scrolls itself: a list box of a combobox may, any other box would have to take the focus.
    Select: { defaultProps: { withScrollArea: false, maxDropdownHeight: 'none' }, styles: { options: { maxHeight: 280, overflowY: 'auto' } } },
    Combobox: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    ColorPicker: { defaultProps: { saturationLabel: 'Saturation and brightness', hueLabel: 'Hue' } },
    ColorInput: { defaultProps: { eyeDropperButtonProps: { 'aria-label': 'Pick a colour from the screen' } } },
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show what is typed', tabIndex: 0 } } },
    Progress: { defaultProps: { size: 6 } },
  },
});

const ourColours: Readonly<Record<string, string>> = { door: 'door', brass: 'brass', red: 'red' };

const buttonSizes: Readonly<Record<string, Record<string, string>>> = {
  xs: { '--button-height': '28px', '--button-padding-x': '10px', '--button-fz': '13px' },
  sm: { '--button-height': '34px', '--button-padding-x': '14px', '--button-fz': '14px' },
  md: { '--button-height': '40px', '--button-padding-x': '18px', '--button-fz': '15px' },
};

/** Mantine's semantic colours from our tokens. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: semantic,
  dark: semantic,
});

const semantic = {
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-success': 'var(--door)',
  '--mantine-color-placeholder': 'var(--faint)',
  '--mantine-color-anchor': 'var(--door)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-dimmed': 'var(--quiet)',
  '--mantine-color-disabled': 'var(--line-soft)',
  '--mantine-color-disabled-color': 'var(--faint)',
  '--mantine-color-disabled-border': 'var(--line)',
};
