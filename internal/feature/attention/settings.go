package attention

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// Settings says how the actor wants to be reached.
func (s *Service) Settings(ctx context.Context, a actor.Actor) (Settings, error) {
	return settingsOf(ctx, s.db, a.Workspace, a.Person)
}

// SetSettings changes how the actor wants to be reached. What is planned and
// urgent is judged by the new wish when its instant comes.
func (s *Service) SetSettings(ctx context.Context, a actor.Actor, want Settings) error {
	want.fill()
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{
			Kind: Set, Actor: a.Person, Subject: event.Ref{Kind: "person", ID: a.Person}, Concerns: []id.ID{a.Person},
			Data: map[string]bool{"mail": want.Mail, "page_outside_hours": want.PageOutsideHours},
		})
		return putSettings(ctx, tx, a.Person, want)
	})
}

// fill takes what was not said as usual.
func (w *Settings) fill() {
	for _, how := range []*string{&w.MailAsks, &w.MailNews, &w.MailInfo} {
		if *how == "" {
			*how = WithDigest
		}
	}
}

// SettingsOf says how somebody wants to be reached, for those who reach them.
func (s *Service) SettingsOf(ctx context.Context, workspace, person id.ID) (Settings, error) {
	return settingsOf(ctx, s.db, workspace, person)
}

// StopMail turns somebody's mail off, as they asked from their mail program.
func (s *Service) StopMail(ctx context.Context, workspace, person id.ID) error {
	a := actor.Actor{Workspace: workspace, Person: person}
	w, err := s.Settings(ctx, a)
	if err != nil || !w.Mail {
		return err
	}
	w.Mail = false
	return s.SetSettings(ctx, a, w)
}
