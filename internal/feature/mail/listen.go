package mail

import (
	"context"
	"fmt"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// digested is the event that a bundle is ready for one person.
const digested = "attention.digested"

// kindDigest is the job that sends one digest.
const kindDigest = "mail.digest"

type digestJob struct {
	Digest id.ID `json:"digest"`
	Person id.ID `json:"person"`
}

// Followers are what listens to the log here.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{Name: "mail", Kinds: []string{digested}, Handle: s.heard}}
}

// bundle is what the event's data says: one digest for each person it concerns.
type bundle struct {
	Digests []id.ID `json:"digests"`
}

// heard leaves the sending to a job for each digest: it goes out of the house.
func (s *Service) heard(ctx context.Context, tx *db.Tx, e event.Event) error {
	var b bundle
	if err := e.Decode(&b); err != nil {
		return err
	}
	if e.Subject.Kind == "digest" { // written before digests went out together
		b.Digests = []id.ID{e.Subject.ID}
	}
	if len(b.Digests) != len(e.Concerns) {
		return fmt.Errorf("mail: %d digests for %d people", len(b.Digests), len(e.Concerns))
	}
	for i, person := range e.Concerns {
		args := digestJob{Digest: b.Digests[i], Person: person}
		if err := job.Enqueue(ctx, tx, kindDigest, args, job.Options{Dedup: "mail:" + args.Digest.String()}); err != nil {
			return err
		}
	}
	return nil
}
