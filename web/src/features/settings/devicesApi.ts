import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { devices } from '~/api';
import type { Device, Id } from '~/api/types';
import { fingerprintHere, pushState, turnOff, turnOn } from '~/core/device';
import { toastError } from '~/kit';
import { agentWords } from './agent';

/** The devices on which the reader is told of digests. */
export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: async () => (await devices.list()).items,
});

/** How push stands in this very browser; asked again whenever one comes back to the page. */
export const pushQuery = (known: Device[] | undefined) =>
  queryOptions({
    queryKey: ['devices', 'here', known?.map((d) => d.fingerprint) ?? null],
    queryFn: async () => ({ state: await pushState(known ?? []), here: (await fingerprintHere()) ?? null }),
    enabled: known !== undefined,
    refetchOnWindowFocus: 'always',
  });

function useFresh() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ['devices'] });
}

/** Turns push on here. That the reader said no is no failure; the page shows it. */
export function useTurnOn(person: Id) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: () => turnOn(person, agentWords(navigator.userAgent)),
    onError: (error) => {
      if (error.message !== 'denied') toastError(error);
    },
    onSettled: fresh,
    meta: { quiet: true },
  });
}

/** Turns push off here. */
export function useTurnOff(person: Id) {
  const fresh = useFresh();
  return useMutation({ mutationFn: (device?: Id) => turnOff(person, device), onSettled: fresh });
}

/** Removes another device of the reader's. */
export function useRemoveDevice() {
  const fresh = useFresh();
  return useMutation({ mutationFn: devices.remove, onSettled: fresh });
}

/** Names a device anew. */
export function useRenameDevice() {
  const fresh = useFresh();
  return useMutation({
    mutationFn: (d: { id: Id; name: string }) => devices.rename(d.id, d.name),
    onSettled: fresh,
  });
}

/** Sends a note to a device at once. */
export function useTestDevice() {
  const fresh = useFresh();
  return useMutation({ mutationFn: devices.test, onSettled: fresh });
}
