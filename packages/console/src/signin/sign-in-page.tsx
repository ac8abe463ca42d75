import { type FormEvent, useEffect, useRef, useState } from 'react';
import { LanguageMenu, ThemeMenu } from '../app/menus.js';
import { asProblem, type Problem } from '../app/problem.js';
import { useSignIn } from '../app/session.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Mark } from '../design/icon.js';
import { useWords } from '../words/words.js';

export function SignInPage() {
  const { t } = useWords();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);

  useEffect(() => {
    document.title = `${t('signin.title')} · ${t('app.name')}`;
  }, [t]);
  useEffect(() => first.current?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signIn({ email: email.trim(), password });
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <div className="corner">
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <div className="card">
        <div className="brand">
          <Mark />
          <span>{t('app.name')}</span>
        </div>
        <h1>{t('signin.title')}</h1>
        <form className="form" onSubmit={(event) => void submit(event)} noValidate>
          <Field label={t('signin.email')}>
            {(input) => (
              <input
                {...input}
                ref={first}
                className="input"
                type="email"
                name="email"
                autoComplete="username"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('signin.password')}>
            {(input) => (
              <input
                {...input}
                className="input"
                type="password"
                name="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          {problem ? <ProblemNotice problem={problem} /> : null}
          <Button type="submit" look="primary" busy={busy}>
            {t('signin.submit')}
          </Button>
        </form>
      </div>
    </main>
  );
}
