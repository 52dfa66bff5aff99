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
		h.refused("Mei joins a private space", h.spaces.AddMember(h.ctx, h.mei, h.closed.ID, h.mei.Person), "not_found")
		h.must(h.spaces.AddMember(h.ctx, h.kofi, h.closed.ID, h.mei.Person))
		h.must(h.spaces.AddMember(h.ctx, h.kofi, h.closed.ID, h.mei.Person))
		h.must(h.spaces.MayRead(h.ctx, h.d, h.mei, h.closed.ID))
		h.refused("Mei removes Kofi", h.spaces.RemoveMember(h.ctx, h.mei, h.closed.ID, h.kofi.Person), "leads_only")
		h.must(h.spaces.RemoveMember(h.ctx, h.mei, h.closed.ID, h.mei.Person))
		h.refused("Mei reads after leaving", h.spaces.MayRead(h.ctx, h.d, h.mei, h.closed.ID), "not_found")
		h.refused("the last lead leaves", h.spaces.RemoveMember(h.ctx, h.ana, h.closed.ID, h.ana.Person), "last_lead")
		h.refused("a guest brings somebody in", h.spaces.AddMember(h.ctx, h.guest, h.open.ID, h.mei.Person), "guests_may_not")
		h.must(h.spaces.AddMember(h.ctx, h.mei, h.open.ID, h.mei.Person))
		list, err := h.spaces.Shares(h.ctx, h.d, h.ws, h.guest.Person)
		h.must(err)
		if slices.Contains(list, h.kofi.Person) || !slices.Contains(list, h.mei.Person) || !slices.Contains(list, h.ana.Person) {
			t.Errorf("the guest shares a space with %v", list)
		}
		another := h.space(h.kofi, spaces.NewSpace{Name: "Product"})
		if another.Handle != "product-2" || h.open.Handle != "product" {
			t.Errorf("handles %q and %q", h.open.Handle, another.Handle)
		}
	})
}

func TestAnInvitationBringsNobodyFurtherThanTheInviter(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.refused("Mei invites to the board", h.spaces.MayInvite(h.ctx, h.d, h.mei, []id.ID{h.open.ID, h.closed.ID}), "not_found")
		h.must(h.d.Write(h.ctx, h.ws, func(ctx context.Context, tx *db.Tx) error {
			return h.spaces.JoinTx(ctx, tx, h.kofi, h.guest.Person, []id.ID{h.closed.ID})
		}))
		h.must(h.spaces.MayRead(h.ctx, h.d, h.guest, h.closed.ID))
		h.must(h.spaces.RemoveMember(h.ctx, h.ana, h.closed.ID, h.kofi.Person))
		h.must(h.spaces.RemoveMember(h.ctx, h.ana, h.closed.ID, h.guest.Person))
		h.must(h.d.Write(h.ctx, h.ws, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("nothing is joined")
			return h.spaces.JoinTx(ctx, tx, h.kofi, h.guest.Person, []id.ID{h.closed.ID})
		}))
		h.refused("by somebody who left", h.spaces.MayRead(h.ctx, h.d, h.guest, h.closed.ID), "not_found")
	})
}

func TestReadersAndReadableAgree(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		all := []actor.Actor{h.ana, h.kofi, h.mei, h.guest}
		for _, sp := range []spaces.Space{h.open, h.closed} {
			reads, err := h.spaces.Readers(h.ctx, h.d, h.ws, sp.ID)
			h.must(err)
			for _, a := range all {
				p, err := h.people.Get(h.ctx, h.d, h.ws, a.Person)
				h.must(err)
				list, err := h.spaces.Readable(h.ctx, h.d, a)
				h.must(err)
				may := h.spaces.MayRead(h.ctx, h.d, a, sp.ID) == nil
				if reads(p) != may || slices.Contains(list, sp.ID) != may {
					t.Errorf("%s and %s: Readers %v, Readable %v, MayRead %v", p.Name, sp.Name, reads(p), slices.Contains(list, sp.ID), may)
				}
				p.State = people.Removed
				if reads(p) {
					t.Errorf("%s reads %s after being removed", p.Name, sp.Name)
				}
			}
		}
		list, err := h.spaces.Readable(h.ctx, h.d, h.other)
		h.must(err)
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
		l, err := h.spaces.ListPosts(h.ctx, h.d, h.mei, th.ID, 0, 0, 100)
		h.must(err)
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
		h.refused("a guest", h.spaces.Conclude(h.ctx, h.guest, th.ID, "done"), "guests_may_not")
		h.must(h.spaces.Conclude(h.ctx, h.kofi, th.ID, "Yes.\nWe do."))
		h.refused("twice", h.spaces.Conclude(h.ctx, h.kofi, th.ID, "No."), "already_concluded")
		_, err := h.try(h.mei, spaces.NewPost{Thread: th.ID, Markdown: "But"})
		h.refused("posting", err, "thread_concluded")
		d, err := h.spaces.Describe()["thread"](h.ctx, h.d, h.mei, th.ID)
		h.must(err)
		if d.State != "concluded" || d.Excerpt != "Yes. We do." {
			t.Errorf("it looks like %+v", d)
		}
		h.must(h.spaces.Reopen(h.ctx, h.mei, th.ID, "New\nfigures"))
		l, err := h.spaces.ListPosts(h.ctx, h.d, h.mei, th.ID, 0, -1, 1)
		h.must(err)
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
		for kind, describe := range h.spaces.Describe() {
			d, err := describe(h.ctx, h.d, h.kofi, refs[kind])
			h.must(err)
			if d.Kind != kind || d.ID != refs[kind] || d.Space != h.closed.ID || d.Title == "" || d.Path == "" {
				t.Errorf("%s looks like %+v", kind, d)
			}
			for _, a := range []actor.Actor{h.mei, h.guest, h.other} {
				_, err := describe(h.ctx, h.d, a, refs[kind])
				h.refused(kind, err, "not_found")
			}
		}
	})
}
