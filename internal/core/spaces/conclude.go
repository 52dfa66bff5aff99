package spaces

import (
	"context"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// mayConclude: everybody who may post, but guests only what they opened.
func mayConclude(a actor.Actor, t Thread, sp seen) bool {
	return sp.mayPost(a) && (a.Role != actor.Guest || a.Person == t.OpenedBy)
}

// Conclude closes a thread with what came out of it. A conclusion is needed.
func (s *Service) Conclude(ctx context.Context, a actor.Actor, thread id.ID, conclusion string) error {
	body, conclusion, err := composeConclusion(conclusion)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		return s.concludeTx(ctx, tx, a, thread, conclusion, body)
	})
}

// ConcludeTx is Conclude in a transaction already open.
func (s *Service) ConcludeTx(ctx context.Context, tx *db.Tx, a actor.Actor, thread id.ID, conclusion string) error {
	body, conclusion, err := composeConclusion(conclusion)
	if err != nil {
		return err
	}
	return s.concludeTx(ctx, tx, a, thread, conclusion, body)
}

func composeConclusion(conclusion string) (text.Body, string, error) {
	conclusion = strings.TrimSpace(conclusion)
	if conclusion == "" {
		return text.Body{}, "", fault.New(fault.Invalid, "conclusion_needed", "Say in a sentence or two what came out of this thread.").At("markdown")
	}
	body, err := Compose(conclusion, 0)
	return body, conclusion, err
}

func (s *Service) concludeTx(ctx context.Context, tx *db.Tx, a actor.Actor, thread id.ID, conclusion string, body text.Body) error {
	t, err := s.concludable(ctx, tx, a, thread)
	if err != nil {
		return err
	}
	if t.Concluded() {
		return fault.New(fault.Conflict, "already_concluded", "This thread is concluded already. Reopen it to conclude it otherwise.")
	}
	t.ConclusionMarkdown, t.ConclusionHTML, t.ConcludedBy, t.ConcludedAt = conclusion, body.HTML, a.Person, tx.Now
	if err := updateThread(ctx, tx, t); err != nil {
		return err
	}
	note, err := s.note(ctx, tx, a, t.ID, "concluded the thread.")
	if err != nil {
		return err
	}
	event.Append(tx, event.New{
		Kind: EventThreadConcluded, Actor: a.Person, Subject: threadRef(t.ID), Space: t.Space, Thread: t.ID,
		Data: Concluded{Excerpt: text.Cut(body.Plain, 200), Note: note},
	})
	return nil
}

const maxReason = 500

// Reopen opens a concluded thread again, and says in it why.
func (s *Service) Reopen(ctx context.Context, a actor.Actor, thread id.ID, reason string) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		return s.ReopenTx(ctx, tx, a, thread, reason)
	})
}

// ReopenTx is Reopen in a transaction already open.
func (s *Service) ReopenTx(ctx context.Context, tx *db.Tx, a actor.Actor, thread id.ID, reason string) error {
	reason = strings.Join(strings.Fields(lines(reason)), " ")
	if reason == "" {
		return fault.New(fault.Invalid, "reason_needed", "Say why the thread goes on.").At("reason")
	}
	if utf8.RuneCountInString(reason) > maxReason {
		return fault.Newf(fault.Invalid, "reason_too_long", "Please keep the reason to %d characters.", maxReason).At("reason")
	}
	t, err := s.concludable(ctx, tx, a, thread)
	if err != nil {
		return err
	}
	if !t.Concluded() {
		return fault.New(fault.Conflict, "not_concluded", "This thread is open already.")
	}
	was := t.ConclusionMarkdown
	t.ConclusionMarkdown, t.ConclusionHTML, t.ConcludedBy, t.ConcludedAt = "", "", id.ID{}, 0
	if err := updateThread(ctx, tx, t); err != nil {
		return err
	}
	note, err := s.note(ctx, tx, a, t.ID, "reopened the thread: "+reason+"\n\nIt had been concluded with:\n\n"+quoted(was))
	if err != nil {
		return err
	}
	event.Append(tx, event.New{
		Kind: EventThreadReopened, Actor: a.Person, Subject: threadRef(t.ID), Space: t.Space, Thread: t.ID, Data: Reopened{Reason: reason, Note: note},
	})
	return nil
}

func (s *Service) concludable(ctx context.Context, tx *db.Tx, a actor.Actor, thread id.ID) (Thread, error) {
	t, sp, err := s.thread(ctx, tx, a, thread)
	if err != nil {
		return t, err
	}
	if !sp.mayPost(a) {
		return t, archived(sp.Space)
	}
	if !mayConclude(a, t, sp) {
		return t, fault.New(fault.Forbidden, "guests_may_not", "Guests may conclude and reopen only threads that they opened.")
	}
	return t, nil
}

func quoted(markdown string) string { return "> " + strings.ReplaceAll(markdown, "\n", "\n> ") }
