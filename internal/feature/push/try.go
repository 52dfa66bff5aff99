package push

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// betweenTests is how long to wait between two tests of one device.
const betweenTests = 5 * time.Second

// Try sends a note to one of the actor's own devices at once, whatever the hour:
// they asked for it. It fails with a fault that says what is wrong; a device that
// is no more is removed.
func (s *Service) Try(ctx context.Context, a actor.Actor, device id.ID) error {
	var d Device
	err := s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) (err error) {
		tx.Quiet("somebody tries a device of their own")
		if d, err = ownDevice(ctx, tx, a, device); err != nil {
			return err
		}
		if wait := betweenTests - tx.Now.Sub(d.TestedAt); !d.TestedAt.IsZero() && wait > 0 {
			f := fault.New(fault.Limited, "tested_just_now", "A note was sent to this device just now. Please wait a few seconds.")
			f.Retry = int((wait + time.Second - 1) / time.Second)
			return f
		}
		return touchTested(ctx, tx, d.ID)
	})
	if err != nil {
		return err
	}
	n := note{Title: "Meantime", Body: "This is how a digest will show here.", URL: "/settings?tab=reach", Tag: "test"}
	r, err := s.push(ctx, d, n, time.Minute, urgencyOf(""))
	if err != nil {
		return err
	}
	return s.tried(ctx, a, d, r)
}

// tried writes down what came of a test, and says it.
func (s *Service) tried(ctx context.Context, a actor.Actor, d Device, r reply) error {
	if r.outcome == gone {
		if err := s.drop(ctx, a.Workspace, d); err != nil {
			return err
		}
		return fault.New(fault.Gone, "device_gone", "This device is no longer there, and was removed. Turn push on again in its browser.")
	}
	err := s.db.Write(context.WithoutCancel(ctx), a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("somebody tried a device of their own")
		if r.outcome == taken {
			return deviceReached(ctx, tx, d.ID)
		}
		return deviceFailed(ctx, tx, d.ID, r.problem)
	})
	if err != nil || r.outcome == taken {
		return err
	}
	return fault.New(fault.Unavailable, "push_failed", r.problem+" Nothing is lost: your inbox has it all.")
}
