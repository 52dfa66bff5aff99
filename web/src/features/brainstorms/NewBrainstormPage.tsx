import './brainstorms.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { spacesQuery } from '~/api/queries';
import { Empty, Failed, Loading, Page } from '~/kit';
import { templatesQuery } from './api';
import { NewForm } from './NewForm';

/** Where a brainstorm begins. */
export function NewBrainstormPage() {
  const spaces = useQuery(spacesQuery);
  const templates = useQuery(templatesQuery);
  const mine = (spaces.data ?? []).filter((s) => s.may.post && !s.archived);
  const error = spaces.error ?? templates.error;
  return (
    <Page
      title={t`New brainstorm`}
      lead={t`Everybody writes ideas alone before anybody sees them. Nobody has to be there at the same time.`}
    >
      {error ? (
        <Failed
          error={error}
          retry={() => {
            void spaces.refetch();
            void templates.refetch();
          }}
        />
      ) : !spaces.data || !templates.data ? (
        <Loading rows={6} />
      ) : mine.length === 0 ? (
        <Empty title={t`There is no space you may post in yet.`}>
          {t`Make one under Spaces, or ask to be added to one.`}
        </Empty>
      ) : (
        <NewForm spaces={mine} templates={templates.data} />
      )}
    </Page>
  );
}
