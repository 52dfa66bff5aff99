package duty

import (
	"context"
	"regexp"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Repliers take what is said by mail to a swap that is offered, and to the question for
// a handover note.
func (s *Service) Repliers() describe.Repliers {
	return describe.Repliers{"swap": swapReplier{s}, "handover": handoverReplier{s}}
}

type swapReplier struct{ *Service }

// Offer is there for whom the time is offered to.
func (s swapReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Offer, error) {
	w, ok, err := swapByID(ctx, q, a.Workspace, x)
	if err == nil && (!ok || w.Other != a.Person) {
		err = fault.Missing("swap")
	}
	if err != nil {
		return describe.Offer{}, err
	}
	if w.State != offered || w.To <= s.now() {
		return describe.Offer{Title: "A swap of duty", Path: path(w.Team), Over: "This is decided, or its time is over."}, nil
	}
	t, err := s.describeSwap(ctx, q, a, x)
	return describe.Offer{
		Title: t.Title, Text: t.Excerpt, Body: t.Body, Path: t.Path, How: "Begin your mail with “yes” to take it, or with “no”.",
		Acts: []describe.Act{
			{Do: describe.Yes, Label: "Take it", Says: "You are on duty then, and whoever asked is told."},
			{Do: describe.Decline, Label: "Decline", Says: "Nothing changes in the rota, and whoever asked is told."},
		},
	}, err
}

// ReplyTx takes the time or declines it; words alone decide nothing.
func (s swapReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, w describe.Words) (describe.Did, error) {
	switch w.Do {
	case describe.Yes, describe.Done, describe.Acknowledge:
		_, err := s.decideTx(ctx, tx, a, x, accepted)
		return describe.Did{Said: "It is yours now, and stands in the rota."}, err
	case describe.No, describe.Decline:
		_, err := s.decideTx(ctx, tx, a, x, declined)
		return describe.Did{Said: "You declined; nothing changes in the rota."}, err
	}
	return describe.Did{}, fault.New(fault.Invalid, "unclear", "This could not be read as an answer to a swap of duty, and nothing was done. Begin your mail with “yes” to take it, or with “no”.")
}

type handoverReplier struct{ *Service }

// Offer is there for whoever leaves, until the note is written or long over.
func (s handoverReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Offer, error) {
	h, ok, err := handoverByID(ctx, q, a.Workspace, x)
	if err == nil && (!ok || h.From != a.Person) {
		err = fault.Missing("handover")
	}
	if err != nil {
		return describe.Offer{}, err
	}
	out := describe.Offer{Title: "The handover note of your duty", Path: path(h.Team)}
	if !h.WrittenAt.IsZero() {
		out.Over = "You have written this note. A reply writes it anew."
		return out, nil
	}
	t, err := s.describeHandover(ctx, q, a, x)
	if none, gone := gone(err); none || gone != nil {
		out.Over = "This handover is over."
		return out, gone
	}
	out.Title, out.Text, out.Path = t.Title, t.Excerpt, t.Path
	out.How = "Write what is going on, and below “Watch:” what is to be watched."
	out.Acts = []describe.Act{{Do: describe.Done, Label: "All quiet", Says: "Your note will say that all is quiet."}}
	return out, nil
}

// ReplyTx writes the note.
func (s handoverReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, w describe.Words) (did describe.Did, err error) {
	goingOn, watch := noteOf(w.Text)
	switch {
	case w.Click && w.Do == describe.Done:
		goingOn = "All quiet."
	case w.Do == describe.Decline, w.Do == describe.Pass:
		return did, fault.New(fault.Conflict, "not_passed", "A handover note is asked of whoever leaves, and cannot be declined or passed on. “All quiet” is a note too.")
	}
	if len(w.Files) > 0 {
		did.Left = "What was attached could not be kept with it: put that in a thread, and name the thread in the note."
	}
	did.Said = "Your handover note is written."
	_, err = s.writeTx(ctx, tx, a, x, goingOn, watch)
	return did, err
}

var watchLine = regexp.MustCompile(`(?im)^[\s>*_#-]*(?:to )?watch[*_]*\s*:[*_]*[ \t]*`)

// noteOf takes a note apart: what is going on, and what is to be watched below “Watch:”.
func noteOf(text string) (goingOn, watch string) {
	at := watchLine.FindStringIndex(text)
	if at == nil {
		return strings.TrimSpace(text), ""
	}
	goingOn, watch = strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
	if goingOn == "" {
		goingOn = "All quiet otherwise."
	}
	return goingOn, watch
}
