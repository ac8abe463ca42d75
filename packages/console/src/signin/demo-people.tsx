import { useQuery } from '@tanstack/react-query';
import { Button } from '../design/button.js';
import { type BothWords, useWords } from '../words/words.js';

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly organization: BothWords;
}

/** The sign-ins of the demo world, where the platform says that it is one; nothing otherwise. */
export function DemoPeople({ onChoose }: { readonly onChoose: (person: DemoPerson) => void }) {
  const { t, say } = useWords();
  const { data } = useQuery<readonly DemoPerson[]>({
    queryKey: ['demo'],
    queryFn: async () => {
      const reply = await fetch('/api/demo', { headers: { accept: 'application/json' } });
      return reply.ok ? ((await reply.json()) as { people: DemoPerson[] }).people : [];
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data?.length) return null;
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={t('signin.demo')}>
      <p className="soft">{t('signin.demo')}</p>
      {data.map((person) => (
        <Button key={person.email} style={{ justifyContent: 'space-between', height: 'auto', whiteSpace: 'normal', textAlign: 'start' }} onClick={() => onChoose(person)}>
          <span>
            {say(person.organization)} · {person.name}
          </span>
          <span className="soft mono">{person.email}</span>
        </Button>
      ))}
    </section>
  );
}
