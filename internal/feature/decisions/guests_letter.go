package decisions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Letter is a mail to an address that is nobody's in the workspace yet.
type Letter struct {
	About   id.ID // the invitation: it is written about once
	By      id.ID // in whose name
	Address string
	Subject string
	Text    string
}

// Post carries letters; app fills it.
type Post interface {
	// InviteTx has a letter sent; false when this installation sends no mail, or none any
	// more just now.
	InviteTx(ctx context.Context, tx *db.Tx, l Letter) (bool, error)
	// RecallTx keeps a letter from leaving that has not left yet.
	RecallTx(ctx context.Context, tx *db.Tx, about id.ID) error
}

// PostWith tells the service who carries letters; without, links are passed on by hand.
func (s *Service) PostWith(p Post) { s.post = p }

// letterTo has an invitation mailed: who asks, what, by when, and the link.
func (s *Service) letterTo(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, inv auth.Invitation, link string) (bool, error) {
	if s.post == nil {
		return false, nil
	}
	by, err := s.people.Get(ctx, tx, a.Workspace, a.Person)
	if err != nil {
		return false, err
	}
	w, err := s.people.Workspace(ctx, tx, a.Workspace)
	if err != nil {
		return false, err
	}
	return s.post.InviteTx(ctx, tx, Letter{
		About: inv.InvitationID, By: a.Person, Address: inv.Email,
		Subject: fmt.Sprintf("%s asks you in a decision: %s", by.Name, cutKeyTo(d.Title, 150)),
		Text:    d.letter(by.Name, w.Name, inv, link),
	})
}

// letter is what an invitation says. Its reader's clock is not known yet, so instants are
// in UTC.
func (d *Decision) letter(by, workspace string, inv auth.Invitation, link string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if inv.Name != "" {
		line("Hello %s,\n", inv.Name)
	}
	line("%s of %s asks you to take part in one decision:\n", by, workspace)
	line("    %s\n", d.Title)
	line("%s here:\n%s\n", invitation(d.Kind), link)
	if d.Rules.V.Fair != 0 {
		line("From when you have accepted, the end waits until you have had %s of your own working\ntime. As it stands, it ends on %s.\n", hoursOf(d.Rules.V.Fair), utc(d.EndsAt.Time()))
	} else {
		line("It ends on %s.\n", utc(d.EndsAt.Time()))
	}
	line("The link is made out to %s, works once, and can be used until\n%s. You will see this decision and nothing else there.\n", inv.Email, utc(inv.ExpiresAt.Time()))
	line("Nothing more is sent to you unless you accept. If you do not know what this is about,\nyou need not do anything.")
	return b.String()
}

func utc(t time.Time) string { return t.UTC().Format("Monday, 2 January 2006, 15:04 UTC") }

// hoursOf writes a share of working time in words.
func hoursOf(d time.Duration) string {
	if d%time.Hour != 0 {
		return counted(int(d/time.Minute), "minute", "minutes")
	}
	return counted(int(d/time.Hour), "hour", "hours")
}
