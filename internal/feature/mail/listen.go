package mail

import (
	"context"

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

// heard leaves the sending to a job: it goes out of the house.
func (s *Service) heard(ctx context.Context, tx *db.Tx, e event.Event) error {
	for _, person := range e.Concerns {
		args := digestJob{Digest: e.Subject.ID, Person: person}
		if err := job.Enqueue(ctx, tx, kindDigest, args, job.Options{Dedup: "mail:" + e.Subject.ID.String()}); err != nil {
			return err
		}
	}
	return nil
}
