import { Outlet } from '@tanstack/react-router';

/** Navigation beside the page. */
export function Shell() {
  return (
    <main>
      <Outlet />
    </main>
  );
}
