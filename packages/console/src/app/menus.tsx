import { Button } from '../design/button.js';
import { ChoiceMenu } from '../design/menu.js';
import { type Language, languages, useWords } from '../words/words.js';
import { type Theme, themes, useTheme } from './theme.js';

const ownNames: Record<Language, string> = { en: 'English', zh: '简体中文' };

export function LanguageMenu() {
  const { language, choose, t } = useWords();
  return (
    <ChoiceMenu
      label={t('menu.language')}
      trigger={
        <Button look="quiet" icon="language" aria-label={`${t('menu.language')}: ${ownNames[language]}`} title={t('menu.language')} />
      }
      value={language}
      choices={languages.map((each) => ({ value: each, words: <span lang={each === 'zh' ? 'zh-CN' : 'en'}>{ownNames[each]}</span> }))}
      onChoose={choose}
    />
  );
}

export function ThemeMenu() {
  const { t } = useWords();
  const { theme, choose } = useTheme();
  const words: Record<Theme, string> = { system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') };
  return (
    <ChoiceMenu
      label={t('menu.theme')}
      trigger={
        <Button
          look="quiet"
          icon={theme === 'dark' ? 'moon' : 'sun'}
          aria-label={`${t('menu.theme')}: ${words[theme]}`}
          title={t('menu.theme')}
        />
      }
      value={theme}
      choices={themes.map((each) => ({ value: each, words: words[each] }))}
      onChoose={choose}
    />
  );
}
