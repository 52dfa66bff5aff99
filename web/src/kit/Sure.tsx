import { lazy, type ReactNode, Suspense } from 'react';

export type SureProps = {
  title: string;
  children: ReactNode;
  doIt: string;
  busy?: boolean;
  onDo: () => void;
  onClose: () => void;
};

// The first page has no dialog: it comes when somebody is first asked.
const Dialog = lazy(() => import('./SureDialog').then((m) => ({ default: m.SureDialog })));

/** Asks once more before something that cannot be taken back. */
export function Sure(props: SureProps) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}
