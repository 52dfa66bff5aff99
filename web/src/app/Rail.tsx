import { t } from '@lingui/core/macro';
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronUp, IconLock, IconMoon, IconPlus, IconSearch, IconSun } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { useNow } from '~/api/clock';
import { inboxCounts, spacesQuery, useMe } from '~/api/queries';
import { Face, Key, Menu, MenuItem, mod, SpaceDot } from '~/kit';
import { useScheme } from '~/kit/schemes';
import { cityOf, clockOf } from '~/kit/time';
import { type Place, placesFor } from './places';
import { useSignOut, useSwitch } from './session';

/** The rail: workspace, palette, places, spaces, and the reader at its foot. */
export function Rail({ openPalette }: { openPalette: () => void }) {
  const me = useMe();
  const { scheme, toggle } = useScheme();
  const path = useRouterState({ select: (s) => s.location.pathname });
  // The inbox itself brings its numbers.
  const owe = useQuery({ ...inboxCounts, enabled: path !== '/inbox' }).data?.owe ?? 0;
  const spaces = (useQuery(spacesQuery).data ?? []).filter((s) => s.member && !s.archived);
  const places = placesFor(me);
  const words = scheme === 'dark' ? t`Light colours` : t`Dark colours`;
  return (
    <>
      <div className="rail-head">
        <span className="mark" aria-hidden />
        <span className="rail-name">
          <bdi>{me.workspace.name}</bdi>
        </span>
        <ActionIcon variant="subtle" color="gray" aria-label={words} title={words} onClick={toggle}>
          {scheme === 'dark' ? <IconSun size={17} /> : <IconMoon size={17} />}
        </ActionIcon>
      </div>
      <Button
        variant="default"
        size="xs"
        justify="space-between"
        fullWidth
        leftSection={<IconSearch size={14} />}
        rightSection={<Key>{mod() === '⌘' ? '⌘K' : 'Ctrl K'}</Key>}
        onClick={openPalette}
        className="rail-search"
      >
        {t`Search or jump to…`}
      </Button>
      <div className="rail-scroll">
        <Places list={places.filter((p) => !p.aside && !p.together)} path={path} owe={owe} />
        <div className="rail-label">
          <h2>{t`Together`}</h2>
        </div>
        <Places list={places.filter((p) => p.together)} path={path} />
        <div className="rail-label">
          <h2>{t`Spaces`}</h2>
          <ActionIcon
            component={Link}
            to="/spaces"
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t`All spaces`}
          >
            <IconPlus size={14} />
          </ActionIcon>
        </div>
        <ul className="nav">
          {spaces.map((s) => (
            <li key={s.id}>
              <Link to="/spaces/$space" params={{ space: s.id }} className="nav-link">
                <SpaceDot space={s} bare />
                <span className="nav-words">
                  <bdi>{s.name}</bdi>
                </span>
                {s.private && <IconLock size={13} role="img" aria-label={t`private`} />}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <Reader />
    </>
  );
}

/** Some places as links; the inbox with how much waits in it. */
function Places({ list, path, owe = 0 }: { list: Place[]; path: string; owe?: number }) {
  return (
    <ul className="nav">
      {list.map((p) => (
        <li key={p.to}>
          <Link
            to={p.to}
            className="nav-link"
            data-active={path === p.to || path.startsWith(`${p.to}/`) || undefined}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            <p.icon size={17} stroke={1.7} aria-hidden />
            <span className="nav-words">{p.label}</span>
            {p.to === '/inbox' && owe > 0 && <span className="count">{owe}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The reader: name, place, clock, and until when they work today. */
function Reader() {
  const me = useMe();
  const now = useNow();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const change = useSwitch();
  const zone = me.person.zone;
  const until =
    me.day.end && Date.parse(me.day.end) > now ? t`until ${clockOf(me.day.end, zone)}` : t`not working now`;
  return (
    <Menu
      above
      start
      target={
        <button type="button" className="reader">
          <Face name={me.person.name} size={28} />
          <span className="reader-words">
            <span className="reader-name">
              <bdi>{me.person.name}</bdi>
            </span>
            <span className="due-note">{`${cityOf(zone)} · ${clockOf(now, zone)} · ${until}`}</span>
          </span>
          <IconChevronUp size={14} aria-hidden />
        </button>
      }
    >
      <MenuItem
        onClick={() => void navigate({ to: '/people/$person', params: { person: me.person.id } })}
      >{t`My card`}</MenuItem>
      <MenuItem onClick={() => void navigate({ to: '/hours' })}>{t`My hours`}</MenuItem>
      <MenuItem onClick={() => void navigate({ to: '/settings' })}>{t`Settings`}</MenuItem>
      {me.may.administer && (
        <MenuItem onClick={() => void navigate({ to: '/admin' })}>{t`Administration`}</MenuItem>
      )}
      {me.workspaces.length > 1 && (
        <>
          <hr />
          <p className="menu-label">{t`Workspaces`}</p>
          {me.workspaces
            .filter((w) => w.id !== me.workspace.id)
            .map((w) => (
              <MenuItem key={w.id} onClick={() => change.mutate(w.id)}>
                <bdi>{w.name}</bdi>
              </MenuItem>
            ))}
        </>
      )}
      <hr />
      <MenuItem onClick={() => signOut.mutate()}>{t`Sign out`}</MenuItem>
    </Menu>
  );
}
