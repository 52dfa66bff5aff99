import { t } from '@lingui/core/macro';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import {
  IconCornerDownLeft,
  IconKeyboard,
  IconMessage,
  IconMoon,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { ops } from '~/api';
import { keys, peopleQuery, spacesQuery, useMe } from '~/api/queries';
import { matches } from '~/core/people';
import { Face, SpaceDot } from '~/kit';
import { useScheme } from '~/kit/schemes';
import { placesFor } from './places';

type Item = { id: string; label: string; note?: string; icon: ReactNode; run: () => void };
const [store, palette] = createSpotlight();

/** Search or jump to: places, spaces, people, threads and actions, from the keyboard. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const [typed, setTyped] = useState('');
  const groups = useGroups(typed.trim(), onHelp);
  useEffect(palette.open, []);
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={onClose}
      shortcut={null}
      transitionProps={{ duration: 0 }}
      centered={false}
      yOffset="10vh"
      scrollable
      maxHeight="min(480px, 70vh)"
      aria-label={t`Search or jump to`}
    >
      <Spotlight.Search
        placeholder={t`Search or jump to…`}
        aria-label={t`Search or jump to`}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        {groups.length === 0 && <Spotlight.Empty>{t`Nothing of that name.`}</Spotlight.Empty>}
        {groups.map(([label, items]) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {items.map((item) => (
              <Spotlight.Action
                key={item.id}
                label={item.label}
                description={item.note}
                leftSection={item.icon}
                onClick={() => {
                  palette.close();
                  item.run();
                }}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useGroups(typed: string, onHelp: () => void): [string, Item[]][] {
  const me = useMe();
  const navigate = useNavigate();
  const { toggle } = useScheme();
  const spaces = useQuery(spacesQuery).data ?? [];
  const people = useQuery(peopleQuery).data ?? [];
  const hits = useHits(typed);
  const fits = (item: Item) => !typed || matches(`${item.label} ${item.note ?? ''}`, typed);
  const go: Item[] = placesFor(me).map((p) => ({
    id: p.to,
    label: p.label,
    icon: <p.icon size={18} stroke={1.6} />,
    run: () => void navigate({ to: p.to }),
  }));
  const actions: Item[] = [
    {
      id: 'new',
      label: t`New thread`,
      icon: <IconPlus size={18} />,
      run: () => void navigate({ to: '/new' }),
    },
    { id: 'scheme', label: t`Light or dark colours`, icon: <IconMoon size={18} />, run: toggle },
    { id: 'keys', label: t`Keys`, icon: <IconKeyboard size={18} />, run: onHelp },
  ];
  const named: Item[] = typed
    ? [
        ...spaces.map((s) => ({
          id: s.id,
          label: s.name,
          note: t`space`,
          icon: <SpaceDot space={s} bare />,
          run: () => void navigate({ to: '/spaces/$space', params: { space: s.id } }),
        })),
        ...people.map((p) => ({
          id: p.id,
          label: p.name,
          note: `@${p.handle}`,
          icon: <Face name={p.name} size={20} />,
          run: () => void navigate({ to: '/people/$person', params: { person: p.id } }),
        })),
      ]
    : [];
  const search: Item[] = typed
    ? [
        {
          id: 'search',
          label: t`Search for “${typed}”`,
          icon: <IconCornerDownLeft size={18} className="turn" />,
          run: () => void navigate({ to: '/search', search: { q: typed } }),
        },
      ]
    : [];
  const groups: [string, Item[]][] = [
    [t`Go to`, go.filter(fits)],
    [t`Do`, actions.filter(fits)],
    [t`Spaces and people`, named.filter(fits).slice(0, 6)],
    [t`Found`, hits],
    [t`Search`, search],
  ];
  return groups.filter(([, items]) => items.length > 0);
}

/** The first threads and posts that the server finds. */
function useHits(typed: string): Item[] {
  const router = useRouter();
  const [asked] = useDebouncedValue(typed, 180);
  const found = useQuery({
    queryKey: [...keys.search, 'palette', asked],
    queryFn: ({ signal }) => ops.search(asked, undefined, signal),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (typed.length < 2) return [];
  return (found.data?.items ?? [])
    .filter((h) => h.kind !== 'person')
    .slice(0, 6)
    .map((h) => ({
      id: `${h.kind} ${h.id}`,
      label: h.title,
      note: [h.space?.name, h.who?.name].filter(Boolean).join(' · '),
      icon: <IconMessage size={18} stroke={1.6} />,
      run: () => router.history.push(h.path),
    }));
}
