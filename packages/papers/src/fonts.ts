import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Noto Sans SC (SIL Open Font License 1.1): simplified Chinese, Latin, digits. Whole TrueType fonts; a paper carries only
 * the glyphs that stand on it.
 */
export const fonts = {
  'Noto Sans SC': {
    normal: require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
    bold: require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
  },
};

export const fontFiles: readonly string[] = Object.values(fonts).flatMap(({ normal, bold }) => [normal, bold]);
