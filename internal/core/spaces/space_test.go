package spaces_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func TestASpaceAndItsMembers(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.Refused("Mei joins a private space", h.Spaces.AddMember(h.T.Context(), h.mei, h.closed.ID, h.mei.Person), "not_found")
		h.Must(h.Spaces.AddMember(h.T.Context(), h.kofi, h.closed.ID, h.mei.Person))
		h.Must(h.Spaces.AddMember(h.T.Context(), h.kofi, h.closed.ID, h.mei.Person))
		h.Must(h.Spaces.MayRead(h.T.Context(), h.DB, h.mei, h.closed.ID))
		h.Refused("Mei removes Kofi", h.Spaces.RemoveMember(h.T.Context(), h.mei, h.closed.ID, h.kofi.Person), "leads_only")
		h.Must(h.Spaces.RemoveMember(h.T.Context(), h.mei, h.closed.ID, h.mei.Person))
		h.Refused("Mei reads after leaving", h.Spaces.MayRead(h.T.Context(), h.DB, h.mei, h.closed.ID), "not_found")
		h.Refused("the last lead leaves", h.Spaces.RemoveMember(h.T.Context(), h.ana, h.closed.ID, h.ana.Person), "last_lead")
		h.Refused("a guest brings somebody in", h.Spaces.AddMember(h.T.Context(), h.guest, h.open.ID, h.mei.Person), "guests_may_not")
		h.Must(h.Spaces.AddMember(h.T.Context(), h.mei, h.open.ID, h.mei.Person))
		list, err := h.Spaces.Shares(h.T.Context(), h.DB, h.WS, h.guest.Person)
		h.Must(err)
		if slices.Contains(list, h.kofi.Person) || !slices.Contains(list, h.mei.Person) || !slices.Contains(list, h.ana.Person) {
			t.Errorf("the guest shares a space with %v", list)
		}
		another := h.Space(h.kofi, spaces.NewSpace{Name: "Product"})
		if another.Handle != "product-2" || h.open.Handle != "product" {
			t.Errorf("handles %q and %q", h.open.Handle, another.Handle)
		}
	})
}

func TestAnInvitationBringsNobodyFurtherThanTheInviter(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.Refused("Mei invites to the board", h.Spaces.MayInvite(h.T.Context(), h.DB, h.mei, []id.ID{h.open.ID, h.closed.ID}), "not_found")
		h.Must(h.DB.Write(h.T.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
			return h.Spaces.JoinTx(ctx, tx, h.kofi, h.guest.Person, []id.ID{h.closed.ID})
		}))
		h.Must(h.Spaces.MayRead(h.T.Context(), h.DB, h.guest, h.closed.ID))
		h.Must(h.Spaces.RemoveMember(h.T.Context(), h.ana, h.closed.ID, h.kofi.Person))
		h.Must(h.Spaces.RemoveMember(h.T.Context(), h.ana, h.closed.ID, h.guest.Person))
		h.Must(h.DB.Write(h.T.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("nothing is joined")
			return h.Spaces.JoinTx(ctx, tx, h.kofi, h.guest.Person, []id.ID{h.closed.ID})
		}))
		h.Refused("by somebody who left", h.Spaces.MayRead(h.T.Context(), h.DB, h.guest, h.closed.ID), "not_found")
	})
}

func TestReadersAndReadableAgree(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		all := []actor.Actor{h.ana, h.kofi, h.mei, h.guest}
		for _, sp := range []spaces.Space{h.open, h.closed} {
			reads, err := h.Spaces.Readers(h.T.Context(), h.DB, h.WS, sp.ID)
			h.Must(err)
			for _, a := range all {
				p, err := h.People.Get(h.T.Context(), h.DB, h.WS, a.Person)
				h.Must(err)
				list, err := h.Spaces.Readable(h.T.Context(), h.DB, a)
				h.Must(err)
				may := h.Spaces.MayRead(h.T.Context(), h.DB, a, sp.ID) == nil
				if reads(p) != may || slices.Contains(list, sp.ID) != may {
					t.Errorf("%s and %s: Readers %v, Readable %v, MayRead %v", p.Name, sp.Name, reads(p), slices.Contains(list, sp.ID), may)
				}
				p.State = people.Removed
				if reads(p) {
					t.Errorf("%s reads %s after being removed", p.Name, sp.Name)
				}
			}
		}
		list, err := h.Spaces.Readable(h.T.Context(), h.DB, h.other)
		h.Must(err)
		want(t, "from another workspace", len(list), 0)
	})
}

func TestManyPostsAtOnceAreNumberedInOrder(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "Busy")
		var wait sync.WaitGroup
		for i := range 40 {
			wait.Go(func() {
				if _, err := h.try(h.kofi, spaces.NewPost{Thread: th.ID, Markdown: fmt.Sprint("post ", i)}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		l, err := h.Spaces.ListPosts(h.T.Context(), h.DB, h.mei, th.ID, 0, 0, 100)
		h.Must(err)
		for i, p := range l.Posts {
			if p.N != int64(i+1) {
				t.Fatalf("post %d has number %d", i, p.N)
			}
		}
		if len(l.Posts) != 41 || l.Since.New != 41 {
			t.Errorf("%d posts, %d new", len(l.Posts), l.Since.New)
		}
	})
}

func TestConcludingAndReopening(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "Question")
		h.Refused("a guest", h.Spaces.Conclude(h.T.Context(), h.guest, th.ID, "done"), "guests_may_not")
		h.Must(h.Spaces.Conclude(h.T.Context(), h.kofi, th.ID, "Yes.\nWe do."))
		h.Refused("twice", h.Spaces.Conclude(h.T.Context(), h.kofi, th.ID, "No."), "already_concluded")
		_, err := h.try(h.mei, spaces.NewPost{Thread: th.ID, Markdown: "But"})
		h.Refused("posting", err, "thread_concluded")
		d, err := h.Spaces.Describe()["thread"](h.T.Context(), h.DB, h.mei, th.ID)
		h.Must(err)
		if d.State != "concluded" || d.Excerpt != "Yes. We do." {
			t.Errorf("it looks like %+v", d)
		}
		h.Must(h.Spaces.Reopen(h.T.Context(), h.mei, th.ID, "New\nfigures"))
		l, err := h.Spaces.ListPosts(h.T.Context(), h.DB, h.mei, th.ID, 0, -1, 1)
		h.Must(err)
		if got, want := l.Posts[0].Markdown, "reopened the thread: New figures\n\nIt had been concluded with:\n\n> Yes.\n> We do."; got != want {
			t.Errorf("the note says %q, want %q", got, want)
		}
		h.post(h.mei, th.ID, "But")
	})
}

func TestDescribingToThoseWhoMaySee(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.closed.ID, "Budget")
		p := h.post(h.ana, th.ID, "Some **figures**")
		refs := map[string]id.ID{"space": h.closed.ID, "thread": th.ID, "post": p.ID}
		for kind, describe := range h.Spaces.Describe() {
			d, err := describe(h.T.Context(), h.DB, h.kofi, refs[kind])
			h.Must(err)
			if d.Kind != kind || d.ID != refs[kind] || d.Space != h.closed.ID || d.Title == "" || d.Path == "" {
				t.Errorf("%s looks like %+v", kind, d)
			}
			for _, a := range []actor.Actor{h.mei, h.guest, h.other} {
				_, err := describe(h.T.Context(), h.DB, a, refs[kind])
				h.Refused(kind, err, "not_found")
			}
		}
	})
}
