package push

import (
	"context"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

const (
	mostDevices  = 20 // of one person
	longestName  = 80
	longestPlace = 1000 // bytes of an endpoint
)

// NewDevice is what a browser says of its subscription.
type NewDevice struct {
	Name     string
	Endpoint string
	P256dh   string // the browser's public key, base64url
	Auth     string // its secret, base64url
	Replaces string // the endpoint that this one takes the place of; may be empty
}

// Devices lists the actor's own devices, the newest last.
func (s *Service) Devices(ctx context.Context, a actor.Actor) ([]Device, error) {
	return devicesOf(ctx, s.db, a.Workspace, a.Person)
}

// Add lets a device be told from now on, for as long as the actor stays signed in
// on it. The same device once more brings its keys up to date and keeps its name;
// whoever else was told there is told no more.
func (s *Service) Add(ctx context.Context, a actor.Actor, n NewDevice) (d Device, err error) {
	if d, err = s.checked(n); err != nil {
		return d, err
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		have, err := devicesOf(ctx, tx, a.Workspace, a.Person)
		if err != nil {
			return err
		}
		d.PersonID, d.SessionID = a.Person, a.Session
		if old, known := takenUp(have, d.EndpointHash, n.Replaces); known {
			d.ID, d.CreatedAt, d.ReachedAt, d.Name = old.ID, old.CreatedAt, old.ReachedAt, old.Name
		} else if len(have) >= mostDevices {
			return fault.Newf(fault.Invalid, "too_many_devices", "You have %d devices already. Please remove one first.", mostDevices)
		} else {
			d.ID, d.CreatedAt = id.New(tx.Now), tx.Now
		}
		// One browser has one session: what was asked for there in another is over.
		if err := deleteEndpoint(ctx, tx, d.EndpointHash, d.ID, a.Session); err != nil {
			return err
		}
		event.Append(tx, told(Added, a.Person, d))
		return putDevice(ctx, tx, d)
	})
	return d, err
}

// takenUp finds the device that a subscription goes on for: the one at its own
// endpoint, or at the one that it replaces.
func takenUp(have []Device, hash, replaces string) (found Device, ok bool) {
	for _, d := range have {
		if d.EndpointHash == hash {
			return d, true
		}
		if replaces != "" && d.EndpointHash == hashOf(replaces) {
			found, ok = d, true
		}
	}
	return found, ok
}

// checked refuses what no browser would send, and addresses we would never ask.
func (s *Service) checked(n NewDevice) (Device, error) {
	d := Device{Name: cut(people.CleanName(n.Name), longestName), Endpoint: strings.TrimSpace(n.Endpoint), P256dh: n.P256dh, Auth: n.Auth}
	if d.Name == "" {
		return d, fault.New(fault.Invalid, "name_needed", "Give the device a name.").At("name")
	}
	if len(d.Endpoint) > longestPlace || s.outside.Check(d.Endpoint) != nil || (!strings.HasPrefix(d.Endpoint, "https://") && !s.outside.Listed(d.Endpoint)) {
		return d, fault.New(fault.Invalid, "bad_endpoint", "This push address cannot be used. It must begin with https:// and be on the public internet.").At("endpoint")
	}
	key, err := decoded(n.P256dh)
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(key)
	}
	if err != nil {
		return d, fault.New(fault.Invalid, "bad_key", "This is not a key that a browser makes for push.").At("p256dh")
	}
	secret, err := decoded(n.Auth)
	if err != nil || len(secret) != 16 {
		return d, fault.New(fault.Invalid, "bad_secret", "This is not a secret that a browser makes for push.").At("auth")
	}
	d.EndpointHash = hashOf(d.Endpoint)
	return d, nil
}

// decoded reads base64url, with or without its padding.
func decoded(s string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
}

// hashOf names an endpoint without being one: who has an endpoint can be told things.
func hashOf(endpoint string) string {
	h := sha256.Sum256([]byte(strings.TrimSpace(endpoint)))
	return hex.EncodeToString(h[:])
}

// Rename names one of the actor's devices anew; another's is not found.
func (s *Service) Rename(ctx context.Context, a actor.Actor, device id.ID, name string) (d Device, err error) {
	if name = cut(people.CleanName(name), longestName); name == "" {
		return d, fault.New(fault.Invalid, "name_needed", "Give the device a name.").At("name")
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if d, err = ownDevice(ctx, tx, a, device); err != nil {
			return err
		}
		d.Name = name
		event.Append(tx, told(Added, a.Person, d))
		return renameDevice(ctx, tx, d.ID, name)
	})
	return d, err
}

// Remove stops telling one of the actor's devices; another's is not found.
func (s *Service) Remove(ctx context.Context, a actor.Actor, device id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		d, err := ownDevice(ctx, tx, a, device)
		if err != nil {
			return err
		}
		return removeTx(ctx, tx, a.Person, d)
	})
}

func ownDevice(ctx context.Context, q db.Queryer, a actor.Actor, device id.ID) (Device, error) {
	d, ok, err := deviceByID(ctx, q, a.Workspace, device)
	if err == nil && (!ok || d.PersonID != a.Person) {
		err = fault.Missing("device")
	}
	return d, err
}

func removeTx(ctx context.Context, tx *db.Tx, by id.ID, d Device) error {
	event.Append(tx, told(Removed, by, d))
	return deleteDevice(ctx, tx, d.ID)
}

func told(kind string, by id.ID, d Device) event.New {
	return event.New{Kind: kind, Actor: by, Subject: event.Ref{Kind: "device", ID: d.ID}, Concerns: []id.ID{d.PersonID}}
}
