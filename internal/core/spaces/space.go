package spaces

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/worktime"
)

// NewSpace is a space to be opened.
type NewSpace struct {
	Name           string
	Purpose        string
	Private        bool
	Members        []id.ID // besides whoever opens it
	Color          string  // one of Colors; chosen by name when empty
	WindowDefault  string  // "1d" when empty
	WindowShortest string  // "2h" when empty
}

// Colors are what a space may be marked with.
var Colors = []string{"blue", "teal", "green", "lime", "yellow", "orange", "red", "pink", "grape", "violet", "indigo", "cyan"}

// OpenSpace opens a space; its opener leads it. Guests may not.
func (s *Service) OpenSpace(ctx context.Context, a actor.Actor, n NewSpace) (sp Space, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) (err error) {
		sp, err = s.OpenSpaceTx(ctx, tx, a, n)
		return err
	})
	return sp, err
}

// OpenSpaceTx is OpenSpace in a transaction already open.
func (s *Service) OpenSpaceTx(ctx context.Context, tx *db.Tx, a actor.Actor, n NewSpace) (Space, error) {
	if a.Role == actor.Guest {
		return Space{}, fault.New(fault.Forbidden, "guests_may_not", "Guests cannot open spaces. Ask a member of the workspace to open one.")
	}
	sp, err := newSpace(n)
	if err != nil {
		return Space{}, err
	}
	sp.WorkspaceID, sp.ID, sp.CreatedBy, sp.CreatedAt = tx.Workspace, id.New(tx.Now), a.Person, tx.Now
	if err := s.known(ctx, tx, n.Members); err != nil {
		return Space{}, err
	}
	if sp.Handle, err = freeHandle(ctx, tx, sp.Name); err != nil {
		return Space{}, err
	}
	if err := insertSpace(ctx, tx, sp, ""); err != nil {
		return Space{}, err
	}
	event.Append(tx, event.New{Kind: EventSpaceOpened, Actor: a.Person, Subject: spaceRef(sp.ID), Space: sp.ID, Data: map[string]string{"name": sp.Name}})
	if !a.IsSystem() {
		if _, err := addMember(ctx, tx, sp.ID, a.Person, a.Person, true, tx.Now); err != nil {
			return Space{}, err
		}
	}
	for _, m := range n.Members {
		if err := s.addMemberTx(ctx, tx, a.Person, sp.ID, m); err != nil {
			return Space{}, err
		}
	}
	return sp, nil
}

func newSpace(n NewSpace) (sp Space, err error) {
	sp = Space{Private: n.Private, Color: n.Color, WindowDefault: n.WindowDefault, WindowShortest: n.WindowShortest}
	if sp.Name, err = named(n.Name); err != nil {
		return sp, err
	}
	if sp.Purpose, err = purposed(n.Purpose); err != nil {
		return sp, err
	}
	if sp.Color == "" {
		sum := 0
		for _, r := range sp.Name {
			sum += int(r)
		}
		sp.Color = Colors[sum%len(Colors)]
	}
	if sp.WindowDefault == "" {
		sp.WindowDefault = "1d"
	}
	if sp.WindowShortest == "" {
		sp.WindowShortest = "2h"
	}
	return sp, checkSpace(sp)
}

func checkSpace(sp Space) error {
	if !slices.Contains(Colors, sp.Color) {
		return fault.New(fault.Invalid, "bad_color", "Choose one of the colours offered.").At("color")
	}
	if _, err := worktime.ParseWindow(sp.WindowDefault); err != nil {
		return fault.New(fault.Invalid, "bad_window", "Write a response window as hours or days, such as 4h or 1d.").At("windows.default")
	}
	if _, err := worktime.ParseWindow(sp.WindowShortest); err != nil {
		return fault.New(fault.Invalid, "bad_window", "Write a response window as hours or days, such as 4h or 1d.").At("windows.shortest")
	}
	return nil
}

func named(s string) (string, error) {
	s = people.CleanName(s)
	if s == "" || len([]rune(s)) > maxName {
		return "", fault.Newf(fault.Invalid, "name_needed", "Give the space a name of at most %d characters.", maxName).At("name")
	}
	return s, nil
}

// freeHandle makes a handle from a name that no other space of the workspace has.
func freeHandle(ctx context.Context, tx *db.Tx, name string) (string, error) {
	h := text.Cut(strings.Join(text.Tokens(name), "-"), 40)
	h = strings.Trim(strings.TrimSuffix(h, "…"), "-")
	if h == "" {
		h = "space"
	}
	taken, err := handlesLike(ctx, tx, tx.Workspace, h)
	if err != nil {
		return "", err
	}
	free := h
	for n := 2; slices.Contains(taken, free); n++ {
		free = fmt.Sprintf("%s-%d", h, n)
	}
	return free, nil
}

// known is an Invalid fault unless each of a list is an active or imported person
// of the workspace.
func (s *Service) known(ctx context.Context, tx *db.Tx, list []id.ID) error {
	if len(list) == 0 {
		return nil
	}
	found, err := s.people.ByIDs(ctx, tx, tx.Workspace, list)
	if err != nil {
		return err
	}
	for _, x := range list {
		if p, ok := found[x]; !ok || p.State == people.Removed {
			return fault.Missing("person").At("members")
		}
	}
	return nil
}
