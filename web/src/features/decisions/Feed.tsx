import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { decisions } from '~/api';
import { useMe } from '~/api/queries';
import { Secret } from '~/core/calendars/Secret';
import { toast, Wrong } from '~/kit';
import { dayOf } from '~/kit/time';
import { feedQuery } from './api';

/** A secret address at which a feed reader follows the register. */
export function Feed() {
  const zone = useMe().person.zone;
  const cache = useQueryClient();
  const feed = useQuery(feedQuery);
  const fresh = () => void cache.invalidateQueries({ queryKey: feedQuery.queryKey });
  const quiet = { meta: { quiet: true }, onSuccess: fresh };
  const make = useMutation({ mutationFn: decisions.makeFeed, gcTime: 0, ...quiet });
  const end = useMutation({ mutationFn: decisions.endFeed, ...quiet });
  const since = feed.data?.made_at;
  return (
    <>
      <p className="menu-label">{t`A feed for your reader (Atom)`}</p>
      {make.data ? (
        <Secret
          first
          label={t`Address of your feed`}
          note={t`Shown this once. Whoever has it reads what you may read of the register.`}
          value={make.data.url}
        />
      ) : (
        <p className="dec-note">
          {since
            ? t`You have had one since ${dayOf(since, Date.parse(since), zone)}. Its address was shown once; a new one ends it.`
            : t`It tells your feed reader what is opened and decided in the spaces you read.`}
        </p>
      )}
      <Wrong error={make.error ?? end.error ?? feed.error} />
      <div className="dec-buttons">
        <Button
          size="compact-sm"
          variant={since ? 'default' : 'filled'}
          loading={make.isPending}
          onClick={() => make.mutate()}
        >
          {since ? t`New address` : t`Make the feed`}
        </Button>
        {since && (
          <Button
            size="compact-sm"
            variant="default"
            loading={end.isPending}
            onClick={() =>
              end.mutate(undefined, {
                onSuccess: () => {
                  make.reset();
                  toast(t`The feed is switched off.`);
                },
              })
            }
          >
            {t`Switch it off`}
          </Button>
        )}
      </div>
    </>
  );
}
