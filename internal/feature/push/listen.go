package push

import (
	"context"
	"fmt"
	"slices"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// digested is the event that bundles are ready, one for each person it concerns.
const digested = "attention.digested"

// kindDigest is the job that tells one device of one digest.
const kindDigest = "push.digest"

type digestJob struct {
	Digest id.ID `json:"digest"`
	Device id.ID `json:"device"`
}

// Followers are what listens to the log here.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{Name: "push", Kinds: []string{digested, people.EventRemoved}, Handle: s.heard}}
}

func (s *Service) heard(ctx context.Context, tx *db.Tx, e event.Event) error {
	if e.Kind == people.EventRemoved {
		return s.heardRemoved(ctx, tx, e.Subject.ID)
	}
	var b struct {
		Digests []id.ID `json:"digests"`
	}
	if err := e.Decode(&b); err != nil {
		return err
	}
	if e.Subject.Kind == "digest" { // written before digests went out together
		b.Digests = []id.ID{e.Subject.ID}
	}
	if len(b.Digests) != len(e.Concerns) {
		return fmt.Errorf("push: %d digests for %d people", len(b.Digests), len(e.Concerns))
	}
	for part := range slices.Chunk(e.Concerns, atOnce) {
		devices, err := devicesOfAll(ctx, tx, tx.Workspace, part)
		if err != nil {
			return err
		}
		for i, person := range part {
			if err := plan(ctx, tx, b.Digests[i], devices[person]); err != nil {
				return err
			}
		}
		b.Digests = b.Digests[len(part):]
	}
	return nil
}

// atOnce is for how many people devices are looked up together.
const atOnce = 500

// plan leaves the sending to a job for each device: it goes out of the house.
func plan(ctx context.Context, tx *db.Tx, digest id.ID, devices []id.ID) error {
	for _, device := range devices {
		o := job.Options{Dedup: "push:" + digest.String() + ":" + device.String()}
		if err := job.Enqueue(ctx, tx, kindDigest, digestJob{Digest: digest, Device: device}, o); err != nil {
			return err
		}
	}
	return nil
}

// heardRemoved clears away the devices of somebody who was removed. Nothing goes to
// them from the moment of the removal on, whether this has happened or not.
func (s *Service) heardRemoved(ctx context.Context, tx *db.Tx, person id.ID) error {
	p, err := s.people.Get(ctx, tx, tx.Workspace, person)
	if err != nil || p.State != people.Removed {
		return err // invited again meanwhile
	}
	list, err := devicesOf(ctx, tx, tx.Workspace, person)
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := removeTx(ctx, tx, id.ID{}, d); err != nil {
			return err
		}
	}
	return nil
}
