import { del, get, patch, post } from './client';
import type { Device, Id, Page } from './types';

export const devices = {
  key: () => get<{ key: string }>('/push/key'),
  list: () => get<Page<Device>>('/me/devices'),
  add: (body: { name: string; endpoint: string; p256dh: string; auth: string; replaces?: string }) =>
    post<Device>('/me/devices', body),
  rename: (id: Id, name: string) => patch<Device>(`/me/devices/${id}`, { name }),
  remove: (id: Id) => del(`/me/devices/${id}`),
  test: (id: Id) => post<void>(`/me/devices/${id}/tests`),
};
